import type { Policy } from '../../policy/schema.ts';
import { type CategorySum, clamp } from './score.ts';
import { scoringIndex } from './scoring-index.ts';
import type { Tally } from './tally.ts';

/** A lead's points by category at `t` (epoch milliseconds). `policy`: with the scoring that the tally was folded with. */
export const categorySumsOf = (tally: Tally, policy: Policy, t: number): readonly CategorySum[] =>
  scoringIndex(policy).categories.map(({ halfLife, floor, cap }, i) => ({
    sum: sumAt(tally, i, halfLife, t),
    halfLife,
    floor,
    cap,
  }));

const sumAt = ({ ref, sums }: Tally, place: number, halfLife: number, t: number): number => {
  const sum = sums[place] ?? 0;
  const unit = Math.floor(ref / halfLife) * halfLife;
  return sum === 0 ? 0 : sum * 2 ** ((unit - t) / halfLife);
};

/** The engagement score at `t`, unrounded: the limited sum of these. It is asked for with nearly every engagement. */
export const engagementOf = (tally: Tally, policy: Policy, t: number): number => {
  let all = 0;
  let place = 0;
  for (const { halfLife, floor, cap } of scoringIndex(policy).categories)
    all += clamp(sumAt(tally, place++, halfLife, t), floor, cap);
  return Math.min(policy.scoring.engagementCap, all);
};
