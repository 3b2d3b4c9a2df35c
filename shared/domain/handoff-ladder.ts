import type { Decision } from './decision.ts';
import type { Handoff } from './handoff.ts';
import { afterFacts, breach, escalate, remind, withDecided } from './handoff-breach.ts';
import { closeHandoff } from './handoff-close.ts';
import { giveToManager, reassignToColleague, type Staffing } from './handoff-reassign.ts';
import { type DueTier, tiersDue } from './handoff-tiers.ts';

/**
 * Decides every tier whose time has come, in order, each once: those of the holder once per assignment, the others once
 * per handoff and deadline. Late or doubled ticks find nothing left to do.
 */
export const climb = (handoff: Handoff, staffing: Staffing): Decision<Handoff> => {
  let decision: Decision<Handoff> = { state: handoff, facts: [] };
  for (;;) {
    const [next] = tiersDue(decision.state, staffing.now);
    if (next === undefined) return decision;
    decision = afterFacts(decision.facts, decideTier(decision.state, next, staffing));
  }
};

const decideTier = (handoff: Handoff, due: DueTier, staffing: Staffing): Decision<Handoff> => {
  switch (due.tier.do) {
    case 'remind':
      return remind(handoff, due, staffing.now);
    case 'breach':
      return breach(handoff, due, staffing.now);
    case 'escalate':
      return escalate(handoff, due, staffing.now);
    case 'reassign':
      return reassignUnanswered(handoff, due, staffing);
    case 'pull-back':
      return pullBack(withDecided(handoff, due.key), staffing);
  }
};

const reassignUnanswered = (handoff: Handoff, { deadline, tier, key }: DueTier, staffing: Staffing) => {
  const earlier = handoff.decided.filter((decided) => decided.startsWith(`${deadline}:${tier.name}:`)).length;
  const decided = withDecided(handoff, key);
  return earlier < staffing.policy.sla.maxReassignments
    ? reassignToColleague(decided, 'unanswered', staffing)
    : giveToManager(decided, 'unanswered', staffing);
};

/** Back to nurture, unworked. Never somebody who asked: there the manager takes it. */
const pullBack = (handoff: Handoff, staffing: Staffing): Decision<Handoff> => {
  if (handoff.asked !== undefined) return giveToManager(handoff, 'unworked', staffing);
  const { now } = staffing;
  return closeHandoff(
    handoff,
    { type: 'pulled-back', reason: 'unworked', at: now },
    {
      type: 'HandoffPulledBack',
      leadId: handoff.leadId,
      handoffId: handoff.id,
      at: now,
      reason: 'unworked',
      holder: handoff.holder ?? '',
    },
  );
};
