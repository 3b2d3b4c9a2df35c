import type { Fact } from '../events/facts.ts';
import type { Decision } from './decision.ts';
import type { Handoff } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import type { Instant } from './time.ts';

type Outcome = NonNullable<Handoff['outcome']>;

/** Ends a handoff. Nothing is due any more, but a deadline that passed untold is told first. */
export const closeHandoff = (handoff: Handoff, outcome: Outcome, fact: Fact): Decision<Handoff> => {
  const settled = settleBreaches(handoff, outcome.at);
  const { unconfirmed: _, ...rest } = settled.state;
  return afterFacts(settled.facts, { state: { ...rest, status: 'closed', outcome }, facts: [fact] });
};

/** The lead left by another way than an answer. */
export const withdraw = (handoff: Handoff, reason: string, now: Instant): Decision<Handoff> =>
  closeHandoff(
    handoff,
    { type: 'withdrawn', reason, at: now },
    { type: 'HandoffWithdrawn', leadId: handoff.leadId, handoffId: handoff.id, at: now, reason },
  );
