import { decidedWith } from './decided-with.ts';
import type { Decision } from './decision.ts';
import type { Lead } from './lead.ts';
import { type LeadContext, moveLead } from './move-lead.ts';
import { awaited, releaseOf } from './would-be-mql.ts';

/**
 * A person lets a lead be judged by the policy in force, by which it is folded already: it remembers that, and becomes an
 * MQL if that is what it makes of it, with nothing new having happened. One that waits for a person waits on: for that
 * there are commands of their own. Done again, it has nothing left to do.
 */
export const decideApplied = (
  lead: Lead,
  { by, sequence }: Readonly<{ by: string; sequence: number }>,
  context: LeadContext,
): Decision<Lead> => {
  const state: Lead = { ...lead, policy: decidedWith(context.policy) };
  const waits = lead.wouldBeMql === undefined ? awaited(state, context) : undefined;
  if (waits === undefined) return { state, facts: [] };
  const moved = moveLead(state, releaseOf(waits, { command: `apply-${sequence}`, by }, context.now), context);
  return moved.type === 'moved' ? moved : { state, facts: [] };
};
