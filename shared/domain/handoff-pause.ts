import type { Duration } from '../policy/duration.ts';
import { type Answered, type AnswerOf, answerEntries, done, refused } from './answered.ts';
import { addDuration, openElapsed } from './business-calendar.ts';
import { inOrder } from './deadline-plan.ts';
import type { DeadlineName, DeadlinePlan, Handoff } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import type { Staffing } from './handoff-reassign.ts';
import { calendarOf } from './holder-calendar.ts';
import { epochOf, type Instant, instantOf, later, MINUTE } from './time.ts';

/**
 * Whoever has accepted can put off what the policy lets them, once and with a reason. What has passed stays passed;
 * what is to come waits as long as the pause lasts in open hours (by the clock, where a deadline runs by the clock).
 */
export const pause = (
  handoff: Handoff,
  by: string,
  { until, reason }: AnswerOf<'pause'>,
  staffing: Staffing,
): Answered => {
  const { policy, now } = staffing;
  const rule = policy.sla.pause;
  if (handoff.status !== 'accepted') return refused('not-accepted');
  if (handoff.paused !== undefined) return refused('paused-before');
  const latest = latestPauseEnd(handoff, staffing);
  if (rule === undefined || latest === undefined || until <= now || until > latest)
    return refused('pause-too-long');
  if (reason.trim() === '') return refused('note-needed');
  const { state, facts } = settleBreaches(handoff, now);
  const plan = { ...state.plan };
  for (const name of rule.deadlines) {
    const deadline = plan[name];
    if (deadline !== undefined && deadline.dueAt > now)
      plan[name] = putOff(deadline, now, waiting(handoff, name, until, staffing));
  }
  return done(
    afterFacts(facts, {
      state: { ...state, plan, paused: { from: now, until, by, reason: reason.trim() } },
      facts: [{ type: 'HandoffPaused', ...answerEntries(handoff, by, now), until }],
    }),
  );
};

const offeredDays = [1, 2, 5];
const quarter = 15 * MINUTE;

/** Until when its holder can pause it now, to the quarter of an hour; none: they cannot. */
export const pauseEnds = (
  handoff: Handoff,
  context: Pick<Staffing, 'policy' | 'roster' | 'now'>,
): readonly Instant[] => {
  const last = latestPauseEnd(handoff, context);
  if (last === undefined || handoff.status !== 'accepted' || handoff.paused !== undefined) return [];
  const { policy, roster, now } = context;
  const calendar = calendarOf(policy, roster, handoff.team, handoff.holder);
  return offeredDays
    .map((days) => addDuration(calendar, now, { type: 'business-days', days }))
    .map((at) => instantOf(epochOf(at) - (epochOf(at) % quarter)))
    .filter((at) => at > now && at <= last);
};

/** How far a pause that begins now may reach. Undefined: the policy knows none. */
const latestPauseEnd = (
  handoff: Handoff,
  { policy, roster, now }: Pick<Staffing, 'policy' | 'roster' | 'now'>,
): Instant | undefined => {
  const { pause: rule } = policy.sla;
  return rule && addDuration(calendarOf(policy, roster, handoff.team, handoff.holder), now, rule.atMost);
};

/** An instant after the pause, as its deadline counts. */
const waiting = (
  { team, holder, priority }: Handoff,
  name: DeadlineName,
  until: Instant,
  { policy, roster, now }: Staffing,
): ((at: Instant) => Instant) => {
  if (policy.sla[priority][name].within.type === 'clock') {
    const ms = epochOf(until) - epochOf(now);
    return (at) => later(at, ms);
  }
  const calendar = calendarOf(policy, roster, team, holder);
  const open: Duration = { type: 'business', ms: openElapsed(calendar, now, until) };
  return (at) => (open.ms === 0 ? at : addDuration(calendar, at, open));
};

const putOff = (
  { dueAt, tiers }: DeadlinePlan,
  now: Instant,
  waits: (at: Instant) => Instant,
): DeadlinePlan => ({
  dueAt: waits(dueAt),
  tiers: inOrder(tiers.map((tier) => (tier.at <= now ? tier : { ...tier, at: waits(tier.at) }))),
});
