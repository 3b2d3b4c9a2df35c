import type { Policy } from '../../policy/schema.ts';
import { type CategorySum, limitedSum } from './score.ts';
import { scoringIndex } from './scoring-index.ts';
import type { Tally } from './tally.ts';

/** A lead's points by category at `t` (epoch milliseconds). `policy`: with the scoring that the tally was folded with. */
export const categorySumsOf = ({ ref, sums }: Tally, policy: Policy, t: number): readonly CategorySum[] =>
  scoringIndex(policy).categories.map(({ halfLife, floor, cap }, i) => {
    const sum = sums[i] ?? 0;
    const unit = Math.floor(ref / halfLife) * halfLife;
    return { sum: sum === 0 ? 0 : sum * 2 ** ((unit - t) / halfLife), halfLife, floor, cap };
  });

/** The engagement score at `t`, unrounded. */
export const engagementOf = (tally: Tally, policy: Policy, t: number): number =>
  limitedSum(categorySumsOf(tally, policy, t), policy);
