import type { Decision } from './decision.ts';
import { exclusionOf, isUnserved } from './exclusion.ts';
import type { Lead } from './lead.ts';
import { type LeadContext, moveLead, type StageMove } from './move-lead.ts';

/** A queue brings a command again for two weeks; nobody moves one lead by hand so often meanwhile. */
export const rememberedMoves = 32;

export type ManualMoveCommand = Readonly<{
  id: string;
  type: 'promote' | 'demote';
  by: string;
  reason: string;
}>;

/**
 * A person makes a lead an MQL or takes it back from sales. Points do not stand in the way; that the policy excludes it
 * does, for that is not a matter of points. Told again, nothing happens, and what was refused stays refused.
 */
export const decideManualMove = (
  lead: Lead,
  { id, type, by, reason }: ManualMoveCommand,
  context: LeadContext,
): Decision<Lead> & Readonly<{ refusal?: string }> => {
  const known = lead.manualMoves?.find((move) => move.id === id);
  if (known !== undefined) return withRefusal({ state: lead, facts: [] }, known.refused);
  const move: StageMove = {
    ...(type === 'promote'
      ? ({ by: 'promoted', to: 'mql', reason: 'promoted' } as const)
      : ({ by: 'demoted', to: 'recycled', reason: 'demoted' } as const)),
    cause: { type: 'command', id },
    actor: by,
  };
  const moved = moveLead(lead, move, context);
  const refused = moved.type === 'refused' ? moved.why : hindrance(lead, move, context);
  const entry = {
    id,
    to: move.to,
    by,
    reason,
    at: context.now,
    ...(refused === undefined ? {} : { refused }),
  };
  const state = moved.type === 'moved' && refused === undefined ? moved.state : lead;
  const manualMoves = [...(lead.manualMoves ?? []), entry].slice(-rememberedMoves);
  const facts = moved.type === 'moved' && refused === undefined ? moved.facts : [];
  return withRefusal({ state: { ...state, manualMoves }, facts }, refused);
};

const withRefusal = (decision: Decision<Lead>, refusal: string | undefined) =>
  refusal === undefined ? decision : { ...decision, refusal };

const hindrance = (
  { stage }: Lead,
  { to }: StageMove,
  { profile, policy }: LeadContext,
): string | undefined => {
  if (to !== 'mql') return undefined;
  if (exclusionOf(profile, policy.policy) !== undefined)
    return `not from ${stage} to ${to}: the policy excludes it`;
  return isUnserved(profile, policy.policy)
    ? `not from ${stage} to ${to}: its country is not served`
    : undefined;
};
