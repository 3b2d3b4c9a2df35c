import type { Policy } from '../policy/schema.ts';
import { type CategorySum, clamp, tolerance } from './fold/score.ts';
import { DAY, epochOf, type Instant, instantOf } from './time.ts';

const second = 1000;
/** Nothing that is asked after this matters. */
const horizon = 3650 * DAY;

/** Whether engagement has faded below the policy's limit. Unrounded: nobody waits for a whole point. */
export const isCold = (engagement: number, { mql }: Policy): boolean =>
  engagement + tolerance < mql.cold.engagement;

/**
 * When the engagement falls below the limit for the first time, if nothing more happens; exact to the second, never too
 * early. `now` if it is below already; undefined if it never will be. `sums`: at `now`.
 */
export const coldAt = (sums: readonly CategorySum[], policy: Policy, now: Instant): Instant | undefined => {
  const start = epochOf(now);
  const limit = policy.mql.cold.engagement - tolerance;
  const rising = (after: number) => total(sums, after, 1);
  const falling = (after: number) => total(sums, after, -1);
  const valueAt = (after: number) => Math.min(policy.scoring.engagementCap, falling(after) + rising(after));

  /** Both parts only shrink: over an interval the sum is at least what the good ones end with and the bad begin with. */
  const firstBelow = (from: number, to: number): number | undefined => {
    if (Math.min(policy.scoring.engagementCap, rising(to) + falling(from)) >= limit) return undefined;
    if (to - from <= second) return valueAt(to) < limit ? to : undefined;
    const middle = from + Math.floor((to - from) / 2);
    return firstBelow(from, middle) ?? firstBelow(middle, to);
  };

  if (valueAt(0) < limit) return now;
  let to = DAY;
  while (rising(to) >= limit && to < horizon) to *= 2;
  const after = firstBelow(0, to);
  return after === undefined ? undefined : instantOf(start + after);
};

/** The categories above 0, or those below, `after` milliseconds. Within one all fade alike, so its sign stays. */
const total = (sums: readonly CategorySum[], after: number, sign: 1 | -1): number =>
  sums
    .filter(({ sum }) => (sum < 0 ? -1 : 1) === sign)
    .reduce(
      (all, { sum, halfLife, floor, cap }) => all + clamp(sum * 2 ** (-after / halfLife), floor, cap),
      0,
    );
