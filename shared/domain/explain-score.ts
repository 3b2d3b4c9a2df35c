import type { Policy } from '../policy/schema.ts';
import type { WholeAssessment } from './assess-whole.ts';
import { fitParts } from './fit.ts';
import type { Payment } from './fold/payments.ts';
import { clamp, fadedPoints } from './fold/score.ts';
import type { Evidence } from './handoff.ts';
import type { Profile } from './profile.ts';
import { epochOf, type Instant, instantOf } from './time.ts';
import { wholeShares } from './whole-shares.ts';

type Reason = Evidence['reasons'][number];

/**
 * Why a lead has its score: whole points that add up to the score shown, the strongest first. What a limit takes away is
 * taken from all that it concerns in proportion.
 */
export const explainScore = (
  { payments, fit, score }: Pick<WholeAssessment, 'payments' | 'fit' | 'score'>,
  profile: Profile,
  policy: Policy,
  now: Instant,
): readonly Reason[] => {
  const t = epochOf(now);
  const engagement = limited(
    Object.entries(policy.scoring.categories).flatMap(([name, { floor, cap, halfLife }]) =>
      limited(reasonsOf(payments, name, halfLife, t), floor, cap),
    ),
    -Infinity,
    policy.scoring.engagementCap,
  );
  const parts = fitParts(profile, policy).map((part) => ({ ...part, count: 1 }));
  return wholeReasons([...engagement, ...limited(parts, -Infinity, fit)], score);
};

/** A category's payments, those of one rule or pattern together. */
const reasonsOf = (
  payments: readonly Payment[],
  category: string,
  halfLife: number,
  t: number,
): readonly Reason[] => {
  const own = payments.filter((payment) => payment.category === category);
  if (own.length === 0) return [];
  const groups = Map.groupBy(own, ({ by }) => by);
  return [...groups.values()].map((group) => ({
    label: group[0]?.label ?? { en: category, de: category },
    points: group.reduce((sum, payment) => sum + fadedPoints(payment, halfLife, t), 0),
    count: group.length,
    lastAt: instantOf(Math.max(...group.map(({ at }) => at))),
  }));
};

/** Brings the sum within limits: above, the positive ones give way, below, the negative ones. */
const limited = (reasons: readonly Reason[], floor: number, cap: number): readonly Reason[] => {
  if (reasons.length === 0) return reasons;
  const sum = total(reasons);
  const target = clamp(sum, floor, cap);
  if (target === sum) return reasons;
  const sign = target < sum ? 1 : -1;
  const giving = reasons.filter(({ points }) => Math.sign(points) === sign);
  const share = total(giving);
  const factor = (share + target - sum) / share;
  return reasons.map((reason) =>
    Math.sign(reason.points) === sign ? { ...reason, points: reason.points * factor } : reason,
  );
};

const wholeReasons = (reasons: readonly Reason[], score: number): readonly Reason[] => {
  // Where points are equal, the larger fraction comes first.
  const byFraction = [...reasons].sort((a, b) => fraction(b.points) - fraction(a.points));
  const shares = wholeShares(
    byFraction.map(({ points }) => points),
    score,
  );
  return byFraction
    .map((reason, i) => ({ ...reason, points: shares[i] ?? 0 }))
    .filter(({ points }) => points !== 0)
    .sort((a, b) => b.points - a.points);
};

const fraction = (points: number): number => points - Math.floor(points);

const total = (reasons: readonly Readonly<{ points: number }>[]): number =>
  reasons.reduce((sum, { points }) => sum + points, 0);
