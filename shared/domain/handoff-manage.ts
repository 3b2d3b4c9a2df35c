import type { Duration } from '../policy/duration.ts';
import { addDuration, openElapsed } from './business-calendar.ts';
import { inOrder } from './deadline-plan.ts';
import type { Decision } from './decision.ts';
import { answerDueAt, type DeadlinePlan, type Handoff } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import { closeHandoff } from './handoff-close.ts';
import { assign, type Staffing } from './handoff-reassign.ts';
import { calendarOf } from './holder-calendar.ts';
import { type Candidate, candidatesOf } from './holder-choice.ts';
import { personOf, type Roster, teamOf } from './roster.ts';
import { epochOf, HOUR, type Instant, instantOf, latest, MINUTE } from './time.ts';

/** What a manager can do about a handoff that nobody has answered. */
export type ManagerAction = Readonly<
  | { type: 'take' }
  | { type: 'give'; to: string }
  | { type: 'give-until'; until: Instant }
  | { type: 'pull-back' }
>;

/** Who decides, and which assignment they saw when they did. */
export type Manager = Readonly<{ by: string; assignment: number }>;

export type ManageRefusal =
  /** Not, or no longer, a manager of its team. */
  | 'not-manager'
  /** Accepted or closed meanwhile. */
  | 'answered'
  /** Somebody else holds it than the manager saw. */
  | 'moved'
  /** No rep of its team. */
  | 'no-colleague'
  /** Not later than what they have, or beyond what the policy lets a manager give. */
  | 'no-such-time'
  | 'given-before'
  /** Somebody who asks to talk is never sent back to marketing. */
  | 'asked'
  /** Another command of that system had this id. */
  | 'id-reused';

/** `repeated`: it is so already; nothing changes. `refused`: nothing changes, and `reason` says why. */
export type Managed = Readonly<
  ({ type: 'done' } & Decision<Handoff>) | { type: 'repeated' } | { type: 'refused'; reason: ManageRefusal }
>;

/** What becomes of an open handoff when its manager steps in. A deadline that passed untold is told first. */
export const manageHandoff = (
  handoff: Handoff,
  { by, assignment }: Manager,
  action: ManagerAction,
  staffing: Staffing,
): Managed => {
  if (!mayManage(handoff, by, staffing.roster)) return refused('not-manager');
  if (wasDone(handoff, by, action)) return { type: 'repeated' };
  if (handoff.status !== 'open') return refused('answered');
  if (assignment !== handoff.assignment) return refused('moved');
  const { state, facts } = settleBreaches(handoff, staffing.now);
  const decision = act(state, by, action, staffing);
  return typeof decision === 'string' ? refused(decision) : { type: 'done', ...afterFacts(facts, decision) };
};

/** Whom it can be given to, those with room first. */
export const colleaguesFor = (
  { team: name, holder }: Handoff,
  { roster, loads, now }: Staffing,
): readonly Candidate[] => {
  const team = teamOf(roster, name);
  return team === undefined
    ? []
    : candidatesOf(team, roster, loads, now).filter(({ person }) => person.id !== holder);
};

const offered: readonly Duration[] = [
  { type: 'business', ms: 2 * HOUR },
  { type: 'business-days', days: 1 },
  { type: 'business-days', days: 2 },
];
const quarter = 15 * MINUTE;

/** Until when its holder can be given time, in the holder's hours, to the quarter of an hour; none: they were before. */
export const timesFor = (handoff: Handoff, { policy, roster, now }: Staffing): readonly Instant[] => {
  if (wasGivenTime(handoff)) return [];
  const calendar = calendarOf(policy, roster, handoff.team, handoff.holder);
  const from = latest(now, answerDueAt(handoff) ?? now);
  const { atMost } = policy.sla.giveUntil;
  const times = [...offered, atMost].map((duration) => {
    const epochMs = epochOf(addDuration(calendar, now, duration));
    return instantOf(epochMs - (epochMs % quarter));
  });
  const last = addDuration(calendar, now, atMost);
  return [...new Set(times)].filter((time) => time > from && time <= last).sort();
};

/** Managers of the team as it is now, and those whom the handoff has told. Whoever left the roster may nothing. */
const mayManage = ({ team: name, manager, nextManager }: Handoff, by: string, roster: Roster): boolean => {
  const team = teamOf(roster, name);
  const managers = [team?.manager, team?.nextManager, manager, nextManager];
  return personOf(roster, by) !== undefined && managers.includes(by);
};

const wasDone = (handoff: Handoff, by: string, action: ManagerAction): boolean => {
  switch (action.type) {
    case 'take':
      return handoff.holder === by;
    case 'give':
      return handoff.holder === action.to;
    case 'give-until':
      return wasGivenTime(handoff) && handoff.givenUntil?.until === action.until;
    case 'pull-back':
      return handoff.outcome?.type === 'pulled-back';
  }
};

const wasGivenTime = ({ givenUntil, assignment }: Handoff): boolean => givenUntil?.assignment === assignment;

const refused = (reason: ManageRefusal): Managed => ({ type: 'refused', reason });

const act = (
  handoff: Handoff,
  by: string,
  action: ManagerAction,
  staffing: Staffing,
): Decision<Handoff> | ManageRefusal => {
  switch (action.type) {
    case 'take':
      return assign(handoff, { holder: by, flagged: false }, 'manager', staffing, true);
    case 'give': {
      const known = colleaguesFor(handoff, staffing).some(({ person }) => person.id === action.to);
      return known
        ? assign(handoff, { holder: action.to, flagged: false }, 'manager', staffing, false)
        : 'no-colleague';
    }
    case 'give-until':
      return giveUntil(handoff, by, action.until, staffing);
    case 'pull-back':
      return handoff.asked === undefined ? pullBack(handoff, by, staffing.now) : 'asked';
  }
};

/** The first deadline stays, and so does what was told of it: only what was to follow waits. */
const giveUntil = (
  handoff: Handoff,
  by: string,
  until: Instant,
  { policy, roster, now }: Staffing,
): Decision<Handoff> | ManageRefusal => {
  const { accept } = handoff.plan;
  if (wasGivenTime(handoff)) return 'given-before';
  const calendar = calendarOf(policy, roster, handoff.team, handoff.holder);
  const dueAt = answerDueAt(handoff) ?? now;
  if (
    accept === undefined ||
    until <= latest(now, dueAt) ||
    until > addDuration(calendar, now, policy.sla.giveUntil.atMost)
  )
    return 'no-such-time';
  const { id, leadId, holder = '', assignment } = handoff;
  // Each keeps its distance to the answer, in open hours, and none gets earlier.
  const moved = (at: Instant): Instant => {
    const ms = openElapsed(calendar, dueAt, at);
    return latest(at, ms === 0 ? until : addDuration(calendar, until, { type: 'business', ms }));
  };
  return {
    state: {
      ...handoff,
      answerBy: until,
      givenUntil: { assignment, until, by },
      plan: { ...handoff.plan, accept: laterOn(accept, moved) },
    },
    facts: [{ type: 'HandoffGivenUntil', leadId, handoffId: id, at: now, holder, assignment, by, until }],
  };
};

const laterOn = ({ dueAt, tiers }: DeadlinePlan, moved: (at: Instant) => Instant): DeadlinePlan => ({
  dueAt,
  tiers: inOrder(
    tiers.map((tier) =>
      tier.do === 'remind' || tier.do === 'breach' ? tier : { ...tier, at: moved(tier.at) },
    ),
  ),
});

const pullBack = (handoff: Handoff, by: string, now: Instant): Decision<Handoff> =>
  closeHandoff(
    handoff,
    { type: 'pulled-back', reason: 'manager', by, at: now },
    {
      type: 'HandoffPulledBack',
      leadId: handoff.leadId,
      handoffId: handoff.id,
      at: now,
      reason: 'manager',
      holder: handoff.holder ?? '',
    },
  );
