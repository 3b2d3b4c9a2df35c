import type { Policy } from '../policy/schema.ts';
import type { Decision } from './decision.ts';
import type { Lead } from './lead.ts';
import { epochOf, HOUR, type Instant } from './time.ts';

/** Leads that points made MQLs in one hour, and those that were held back. `hour`: since 1970, in UTC. */
export type MqlHour = Readonly<{ hour: number; passed: number; held: number }>;

export const hourOf = (now: Instant): number => Math.floor(epochOf(now) / HOUR);

/** How many come now, how many usually do, and whether that is too many at once. */
export type Surge = Readonly<{
  /** In the last 60 minutes, held ones too: the last hour counts by what is left of it. */
  lastHour: number;
  /** Let through in an hour of the past seven days; of this time of day, where that is more. */
  usual: number;
  /** So many an hour go on. */
  limit: number;
  isOn: boolean;
}>;

const daysOfUse = 7;
/** Hours that are worth keeping. */
export const hoursOfUse = daysOfUse * 24 + 2;

/** Asked for everything that anybody does: while fewer come than any limit, what is usual need not be worked out. */
export const isSurge = (hours: readonly MqlHour[], policy: Pick<Policy, 'surge'>, now: Instant): boolean =>
  policy.surge !== undefined &&
  lastHourOf(hours, now) >= policy.surge.min &&
  surgeOf(hours, policy, now)?.isOn === true;

/** Undefined: the policy has no brake. Those that were held are not usual, however often it happens. */
export const surgeOf = (
  hours: readonly MqlHour[],
  { surge }: Pick<Policy, 'surge'>,
  now: Instant,
): Surge | undefined => {
  if (surge === undefined) return undefined;
  const hour = hourOf(now);
  const passed = new Map(hours.map((each) => [each.hour, each.passed]));
  const lastHour = lastHourOf(hours, now);
  const usual = usualHour(passed, hour);
  const limit = Math.max(surge.min, surge.over * usual);
  return { lastHour, usual, limit, isOn: lastHour >= limit };
};

/** The hour before counts by what of it is within 60 minutes. */
const lastHourOf = (hours: readonly MqlHour[], now: Instant): number => {
  const hour = hourOf(now);
  const left = 1 - (epochOf(now) / HOUR - hour);
  let sum = 0;
  for (const each of hours) {
    if (each.hour === hour) sum += each.passed + each.held;
    else if (each.hour === hour - 1) sum += left * (each.passed + each.held);
  }
  return sum;
};

/** A new environment knows fewer days than seven, and those it does not know do not make the usual hour a quiet one. */
const usualHour = (passed: ReadonlyMap<number, number>, hour: number): number => {
  const first = [...passed.keys()].reduce((earliest, each) => Math.min(earliest, each), hour);
  const days = Math.min(daysOfUse, Math.max(1, Math.ceil((hour - first) / 24)));
  const between = (from: number, until: number): number => {
    let sum = 0;
    for (let each = from; each <= until; each++) sum += passed.get(each) ?? 0;
    return sum;
  };
  const anyTime = between(hour - 24 * days, hour - 1) / (24 * days);
  let thisTime = 0;
  // An hour more on both sides: clocks change, and nobody begins to the minute.
  for (let day = 1; day <= days; day++) thisTime += between(hour - 24 * day - 1, hour - 24 * day + 1);
  return Math.max(anyTime, thisTime / (3 * days));
};

/** What a decision made of a lead by points, for those who count; undefined: nothing. */
export const becameOf = (
  lead: Lead | undefined,
  { state, facts }: Decision<Lead>,
): 'passed' | 'held' | undefined => {
  if (state.wouldBeMql?.held !== undefined && lead?.wouldBeMql?.held === undefined) return 'held';
  return facts.some(
    (fact) => fact.type === 'LeadStageChanged' && fact.to === 'mql' && fact.reason === 'threshold',
  )
    ? 'passed'
    : undefined;
};
