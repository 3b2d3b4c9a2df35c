import type { Duration } from '../policy/duration.ts';
import type { Calendar, Sla, Tier } from '../policy/schema.ts';
import { addDuration, nextOpening, openElapsed } from './business-calendar.ts';
import {
  type DeadlineName,
  type DeadlinePlan,
  deadlineNames,
  type PlannedTier,
  type Priority,
} from './handoff.ts';
import { epochOf, type Instant, later, latest } from './time.ts';

/** The moments that deadlines count from. */
export type PlanMoments = Readonly<{ mql: Instant; inquiry?: Instant; accepted?: Instant }>;

export type Plan = Readonly<Partial<Record<DeadlineName, DeadlinePlan>>>;

type PlanRules = Readonly<{ sla: Sla; priority: Priority; calendar: Calendar }>;

/**
 * Deadlines and tiers as instants. A deadline whose moment has not come (nobody accepted yet) is left out; one that
 * counts from the inquiry counts from the MQL where nobody asked.
 */
export const resolvePlan = (rules: PlanRules, moments: PlanMoments): Plan => {
  const { sla, priority } = rules;
  const plan: Partial<Record<DeadlineName, DeadlinePlan>> = {};
  for (const name of deadlineNames) {
    const { from, within } = sla[priority][name];
    const start = from === 'inquiry' ? (moments.inquiry ?? moments.mql) : moments[from];
    if (start !== undefined) plan[name] = resolveDeadline(rules, name, start, within);
  }
  return plan;
};

/** What a reassigned holder gets: the time that remains, at least the accept time of a hot handoff. */
export const reassignedUntil = (sla: Sla, calendar: Calendar, dueAt: Instant, now: Instant): Instant =>
  latest(dueAt, addDuration(calendar, now, sla.hot.accept.within));

/** Reminders of a holder who has from `start` to `dueAt`. */
export const remindersWithin = (
  { sla, priority, calendar }: PlanRules,
  start: Instant,
  dueAt: Instant,
): readonly PlannedTier[] =>
  tiersOf(sla, priority).flatMap(({ name, percent, do: act }) =>
    act === 'remind' && percent !== undefined
      ? [{ name, do: act, at: shareOf(calendar, start, dueAt, sla.hot.accept.within, percent) }]
      : [],
  );

/** Which tiers a deadline may have: only `accept` is taken away from its holder, or told to the next manager. */
const tiersFor: Readonly<Record<DeadlineName, (tier: Tier) => boolean>> = {
  accept: () => true,
  firstContact: (tier) => tier.do === 'remind' || tier.do === 'breach',
  qualify: (tier) => tier.do === 'remind' || tier.do === 'breach',
};

const tiersOf = (sla: Sla, priority: Priority): readonly Tier[] =>
  sla.tiers.filter(({ only }) => only === undefined || only === priority);

const resolveDeadline = (
  { sla, priority, calendar }: PlanRules,
  name: DeadlineName,
  start: Instant,
  within: Duration,
): DeadlinePlan => {
  const dueAt = addDuration(calendar, start, within);
  const tiers = tiersOf(sla, priority)
    .filter(tiersFor[name])
    .map((tier) => ({ name: tier.name, do: tier.do, at: tierAt(calendar, start, dueAt, within, tier) }));
  return { dueAt, tiers: inOrder(tiers) };
};

const tierAt = (
  calendar: Calendar,
  start: Instant,
  dueAt: Instant,
  within: Duration,
  { percent, afterBreach }: Tier,
): Instant => {
  if (percent !== undefined) return shareOf(calendar, start, dueAt, within, percent);
  return afterBreach === undefined ? dueAt : addDuration(calendar, dueAt, afterBreach);
};

/** A share of the time to a deadline, counted as the deadline counts: by the clock, or while the calendar is open. */
const shareOf = (
  calendar: Calendar,
  start: Instant,
  dueAt: Instant,
  within: Duration,
  percent: number,
): Instant => {
  if (percent === 100) return dueAt;
  if (within.type === 'clock') return later(start, ((epochOf(dueAt) - epochOf(start)) * percent) / 100);
  const opening = nextOpening(calendar, start);
  const ms = Math.round((openElapsed(calendar, opening, dueAt) * percent) / 100);
  return addDuration(calendar, opening, { type: 'business', ms });
};

/** By time; of one time, as the policy lists them. */
export const inOrder = (tiers: readonly PlannedTier[]): PlannedTier[] =>
  tiers.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
