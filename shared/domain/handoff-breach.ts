import type { Decision } from './decision.ts';
import type { DeadlineName, Handoff } from './handoff.ts';
import { answerDueAt } from './handoff.ts';
import { type DueTier, tiersDue } from './handoff-tiers.ts';
import type { Instant } from './time.ts';

/** What a fact about a tier says of its handoff. */
export const tierEntries = (handoff: Handoff, deadline: DeadlineName, now: Instant) => ({
  leadId: handoff.leadId,
  handoffId: handoff.id,
  at: now,
  deadline,
  holder: handoff.holder ?? '',
  assignment: handoff.assignment,
  dueAt: handoff.plan[deadline]?.dueAt ?? now,
  priority: handoff.priority,
});

export const remind = (
  handoff: Handoff,
  { deadline, tier, key }: DueTier,
  now: Instant,
): Decision<Handoff> => {
  const entries = tierEntries(handoff, deadline, now);
  const dueAt = deadline === 'accept' ? (answerDueAt(handoff) ?? entries.dueAt) : entries.dueAt;
  return {
    state: withDecided(handoff, key),
    facts: [{ type: 'HandoffReminded', ...entries, dueAt, tier: tier.name }],
  };
};

/** A deadline has passed. Lateness stays measured from it, whoever holds the handoff later. */
export const breach = (handoff: Handoff, { deadline, key }: DueTier, now: Instant): Decision<Handoff> => {
  const entries = tierEntries(handoff, deadline, now);
  return {
    state: {
      ...withDecided(handoff, key),
      breachedAt: { ...handoff.breachedAt, [deadline]: entries.dueAt },
    },
    facts: [{ type: 'HandoffBreached', ...entries, manager: handoff.manager ?? entries.holder }],
  };
};

export const escalate = (handoff: Handoff, { deadline, key }: DueTier, now: Instant): Decision<Handoff> => ({
  state: withDecided(handoff, key),
  facts: [
    {
      type: 'HandoffEscalated',
      ...tierEntries(handoff, deadline, now),
      manager: handoff.nextManager ?? handoff.manager ?? handoff.holder ?? '',
    },
  ],
});

/**
 * Breaches that no tick has told yet. Whatever ends or moves a deadline tells them first: an answer after the deadline
 * is late, even if nobody looked in between.
 */
export const settleBreaches = (handoff: Handoff, now: Instant): Decision<Handoff> =>
  tiersDue(handoff, now)
    .filter(({ tier }) => tier.do === 'breach')
    .reduce<Decision<Handoff>>(({ state, facts }, tier) => afterFacts(facts, breach(state, tier, now)), {
      state: handoff,
      facts: [],
    });

/** A decision that follows others. */
export const afterFacts = <S>(facts: Decision<S>['facts'], next: Decision<S>): Decision<S> => ({
  state: next.state,
  facts: [...facts, ...next.facts],
});

export const withDecided = (handoff: Handoff, key: string): Handoff => ({
  ...handoff,
  decided: [...handoff.decided, key],
});
