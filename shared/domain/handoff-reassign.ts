import type { Policy } from '../policy/schema.ts';
import { inOrder, reassignedUntil, remindersWithin } from './deadline-plan.ts';
import type { Decision } from './decision.ts';
import { answerDueAt, type DeadlinePlan, type Handoff, type PlannedTier } from './handoff.ts';
import { tierEntries } from './handoff-breach.ts';
import { managersOf } from './handoff-open.ts';
import { calendarOf } from './holder-calendar.ts';
import { type Choice, chooseHolder } from './holder-choice.ts';
import { type Roster, type TeamLoads, teamOf } from './roster.ts';
import type { Instant } from './time.ts';

/** What it takes to give a handoff to somebody else of its team. */
export type Staffing = Readonly<{
  policy: Policy;
  roster: Roster;
  /** Of the handoff's team. */
  loads: TeamLoads;
  now: Instant;
}>;

/** To a colleague who has not had it; to the manager where nobody is left. */
export const reassignToColleague = (
  handoff: Handoff,
  reason: string,
  staffing: Staffing,
): Decision<Handoff> => {
  const { roster, loads, now } = staffing;
  const team = teamOf(roster, handoff.team);
  const had = [...handoff.previousHolders, ...(handoff.holder === undefined ? [] : [handoff.holder])];
  const choice = team === undefined ? undefined : chooseHolder(team, roster, loads, now, had);
  return choice === undefined
    ? giveToManager(handoff, reason, staffing)
    : assign(handoff, choice, reason, staffing, false);
};

/** Nobody takes it away from a manager. Who holds it already keeps it, and nothing is said. */
export const giveToManager = (handoff: Handoff, reason: string, staffing: Staffing): Decision<Handoff> => {
  const team = teamOf(staffing.roster, handoff.team);
  const manager = team?.manager ?? handoff.manager;
  return manager === undefined || manager === handoff.holder
    ? { state: handoff, facts: [] }
    : assign(handoff, { holder: manager, flagged: handoff.flagged }, reason, staffing, true);
};

/**
 * The clock keeps running: the new holder has what remains, at least the accept time of a hot handoff. Breach,
 * escalation and pulling back stay where they were; reminders begin anew, and if the policy reassigns, that comes
 * again when the new holder's time is over.
 */
export const assign = (
  handoff: Handoff,
  { holder, flagged }: Choice,
  reason: string,
  { policy, roster, now }: Staffing,
  last: boolean,
): Decision<Handoff> => {
  const { accept } = handoff.plan;
  const calendar = calendarOf(policy, roster, handoff.team, holder);
  const answerBy = reassignedUntil(policy.sla, calendar, accept?.dueAt ?? now, now);
  const reminders = remindersWithin({ sla: policy.sla, priority: handoff.priority, calendar }, now, answerBy);
  const team = teamOf(roster, handoff.team);
  const state: Handoff = {
    ...handoff,
    holder,
    flagged,
    ...(team === undefined ? {} : managersOf(team, holder)),
    assignment: handoff.assignment + 1,
    assignedAt: now,
    answerBy,
    previousHolders: [...handoff.previousHolders, ...(handoff.holder === undefined ? [] : [handoff.holder])],
    plan: {
      ...handoff.plan,
      ...(accept === undefined ? {} : { accept: planAnew(accept, answerBy, reminders, last) }),
    },
  };
  return {
    state,
    facts: [
      {
        type: 'HandoffReassigned',
        ...tierEntries(state, 'accept', now),
        dueAt: answerDueAt(state) ?? now,
        from: handoff.holder ?? '',
        reason,
      },
    ],
  };
};

const planAnew = (
  { dueAt, tiers }: DeadlinePlan,
  answerBy: Instant,
  reminders: readonly PlannedTier[],
  last: boolean,
): DeadlinePlan => {
  const kept = tiers
    .filter((tier) => tier.do !== 'remind' && !(last && tier.do === 'reassign'))
    .map((tier) => (tier.do === 'reassign' && tier.at < answerBy ? { ...tier, at: answerBy } : tier));
  return { dueAt, tiers: inOrder([...kept, ...reminders]) };
};
