import type { Cause } from '../events/facts.ts';
import type { Decision } from './decision.ts';
import type { Handoff } from './handoff.ts';
import { handoffIdOf } from './handoff-id.ts';
import type { Lead } from './lead.ts';
import { type LeadContext, moveLead, type StageMove } from './move-lead.ts';
import { type Instant, later } from './time.ts';

/**
 * Follows what the lead's handoff says now: offered, accepted, qualified, rejected, pulled back. Told again, or told
 * late, nothing happens; a handoff of an earlier MQL moves nobody.
 */
export const decideHandoffOutcome = (
  lead: Lead,
  handoff: Handoff,
  cause: Cause,
  context: LeadContext,
): Decision<Lead> => {
  if (!belongsTo(lead, handoff) || isOfBeforeTheMerge(lead, handoff, context.leadId))
    return { state: lead, facts: [] };
  return movesOf(handoff, cause, context).reduce<Decision<Lead>>(
    (before, move) => {
      const moved = moveLead(before.state, move, context);
      return moved.type === 'moved'
        ? { state: moved.state, facts: [...before.facts, ...moved.facts] }
        : before;
    },
    { state: confirmed(lead, handoff), facts: [] },
  );
};

/** Its time as an MQL is the lead's own, copied when it was opened: one of an earlier MQL is before it. */
const belongsTo = ({ mqlCause }: Lead, { mqlAt }: Handoff): boolean =>
  mqlCause !== undefined && mqlAt >= mqlCause.at;

/**
 * A lead that absorbed another one has handoffs of two: of those that are over only the one of the stage that it took over
 * moves it.
 */
export const isOfBeforeTheMerge = (
  { absorbed = [], mqlCause, stage, handoff: known }: Lead,
  { id, status, openedAt }: Handoff,
  leadId: string,
): boolean => {
  if (!absorbed.some(({ at }) => openedAt <= at) || known?.id === id) return false;
  if (status !== 'closed' && (stage === 'mql' || stage === 'sal')) return false;
  const named = [leadId, ...absorbed.map((one) => one.id)];
  return mqlCause === undefined || !named.some((name) => handoffIdOf(name, mqlCause.id) === id);
};

/** The lead knows its handoff. One that is over does not hide another that is open. */
const confirmed = (lead: Lead, { id, status }: Handoff): Lead => {
  const open = status === 'open';
  const known = lead.handoff?.id === id && lead.handoff.open === open && lead.unconfirmed === undefined;
  const hides = lead.handoff?.open === true && lead.handoff.id !== id && !open;
  if (known || hides) return lead;
  const { unconfirmed: _, ...kept } = lead;
  return { ...kept, handoff: { id, open } };
};

/** All that the handoff went through, in order: those that the lead made already are refused, and change nothing. */
const movesOf = (handoff: Handoff, cause: Cause, { policy }: LeadContext): readonly StageMove[] => {
  const { acceptedAt, holder = 'baton', outcome } = handoff;
  const accepted: readonly StageMove[] =
    acceptedAt === undefined
      ? []
      : [{ by: 'accepted', to: 'sal', cause, actor: holder, reason: 'accepted', at: acceptedAt }];
  if (outcome === undefined) return accepted;
  const { type, reason, at, by: actor = holder } = outcome;
  switch (type) {
    case 'qualified':
      return [...accepted, { by: 'qualified', to: 'sql', cause, actor, reason: 'qualified', at }];
    case 'pulled-back':
      return [
        ...accepted,
        { by: 'pulled-back', to: 'recycled', cause, actor: 'baton', reason: 'unworked', at },
      ];
    case 'rejected': {
      const consequence = policy.policy.reject.find((candidate) => candidate.reason === reason);
      if (consequence?.do === 'reroute') return accepted;
      const to = consequence?.do === 'disqualify' ? 'disqualified' : 'recycled';
      const restUntil = to === 'recycled' ? (outcome.until ?? restEnd(at, consequence?.rest)) : undefined;
      const rest = restUntil === undefined ? {} : { restUntil };
      return [...accepted, { by: 'rejected', to, cause, actor, reason, at, ...rest }];
    }
    case 'none':
    case 'withdrawn':
      // Nobody answered: what the lead is now decided that, not the handoff.
      return [];
  }
};

const restEnd = (at: Instant, rest: number | undefined): Instant | undefined =>
  rest === undefined ? undefined : later(at, rest);
