import type { Policy } from '../../policy/schema.ts';
import type { Payment } from './payments.ts';

/** Decimal noise must not turn 50 into 49. */
export const tolerance = 1e-6;

/** As shown, and as compared with the criteria. */
export const wholePoints = (points: number): number => Math.floor(points + 0.5 + tolerance);

/** What is left of points at `t` (epoch milliseconds). */
export const fadedPoints = ({ points, at }: Payment, halfLife: number, t: number): number =>
  points * 2 ** (-(t - at) / halfLife);

/** A category's points at some time, before its limits. */
export type CategorySum = Readonly<{ sum: number; halfLife: number; floor: number; cap: number }>;

/** Of payments, one by one; `categorySumsOf` a tally says the same. */
export const categorySums = (
  payments: readonly Payment[],
  { scoring }: Policy,
  t: number,
): readonly CategorySum[] =>
  Object.entries(scoring.categories).map(([name, { halfLife, floor, cap }]) => ({
    sum: payments
      .filter(({ category }) => category === name)
      .reduce((sum, payment) => sum + fadedPoints(payment, halfLife, t), 0),
    halfLife,
    floor,
    cap,
  }));

export const clamp = (value: number, floor: number, cap: number): number =>
  Math.min(cap, Math.max(floor, value));

/** The engagement score, unrounded: each category within its limits, all of them within theirs. */
export const limitedSum = (sums: readonly CategorySum[], { scoring }: Policy): number =>
  Math.min(
    scoring.engagementCap,
    sums.reduce((all, { sum, floor, cap }) => all + clamp(sum, floor, cap), 0),
  );

/** The engagement score at `t`, of payments. */
export const engagementAt = (payments: readonly Payment[], policy: Policy, t: number): number =>
  limitedSum(categorySums(payments, policy, t), policy);
