import type { Policy, Rule } from '../policy/schema.ts';
import type { WholeAssessment } from './assess-whole.ts';
import { fitParts } from './fit.ts';
import type { Payment } from './fold/payments.ts';
import { clamp, fadedPoints } from './fold/score.ts';
import type { JudgedEntry } from './judged-timeline.ts';
import type { Localised } from './locale.ts';
import type { Profile } from './profile.ts';
import { epochOf, type Instant, instantOf } from './time.ts';
import { wholeShares } from './whole-shares.ts';

/** What a rule or a pattern adds. */
export type EarnedLine = Readonly<{
  type: 'rule' | 'pattern';
  number: number;
  label: Localised;
  category: string;
  /** That it matches, since the last cut-off. */
  events: number;
  /** Of those, how many it paid for. */
  paid: number;
  oncePer?: NonNullable<Rule['oncePer']>;
  earned: number;
  /** What fading has changed of that so far. */
  faded: number;
  /** Of the last event that it matches; of a pattern, when it was complete. */
  lastAt: Instant;
  /** What the events that were paid were about. */
  assets: readonly string[];
}>;
/** What a limit takes away; a floor gives. */
export type LimitLine = Readonly<{
  type: 'limit';
  of: 'category' | 'engagement' | 'fit';
  category?: string;
  limit: number;
}>;
/** What a part of the profile adds. */
export type FitLine = Readonly<{ type: 'fit'; label: Localised }>;

type Part = (EarnedLine | LimitLine | FitLine) & Readonly<{ exact: number }>;

/** `exact`: the contribution to the score before rounding. `points`: in whole points of the score shown. */
export type ScoreLine = Part & Readonly<{ points: number }>;

/**
 * How a score comes about, line by line: category after category with the limit that cuts it, then the limit of all
 * engagement, then fit. The exact contributions add up to engagement + fit, the whole ones to the score shown.
 */
export const scoreLines = (
  { payments, score }: Pick<WholeAssessment, 'payments' | 'score'>,
  timeline: readonly JudgedEntry[],
  profile: Profile,
  policy: Policy,
  now: Instant,
): readonly ScoreLine[] => {
  const { categories, engagementCap, fit } = policy.scoring;
  const earned = earnedLines(payments, timeline, policy, epochOf(now));
  const engagement = Object.entries(categories).flatMap(([category, { floor, cap }]) =>
    withLimit(
      earned.filter((line) => line.category === category),
      { of: 'category', category, floor, cap },
    ),
  );
  const fits = fitParts(profile, policy).map(({ label, points }) => ({
    type: 'fit' as const,
    label,
    exact: points,
  }));
  const parts: readonly Part[] = [
    ...withLimit(engagement, { of: 'engagement', floor: -Infinity, cap: engagementCap }),
    ...withLimit(fits, { of: 'fit', floor: -Infinity, cap: fit.cap }),
  ];
  const shares = wholeShares(
    parts.map(({ exact }) => exact),
    score,
  );
  return parts.map((part, i) => ({ ...part, points: shares[i] ?? 0 }));
};

/** Adding up in another order must not make a limit of nothing. */
const decimalNoise = 1e-9;

type Limits = Readonly<Omit<LimitLine, 'type' | 'limit'> & { floor: number; cap: number }>;

const withLimit = <P extends Part>(
  parts: readonly P[],
  { floor, cap, ...of }: Limits,
): readonly (P | Part)[] => {
  const sum = parts.reduce((all, { exact }) => all + exact, 0);
  const exact = clamp(sum, floor, cap) - sum;
  if (Math.abs(exact) < decimalNoise) return parts;
  return [...parts, { type: 'limit', ...of, limit: exact < 0 ? cap : floor, exact }];
};

type Earned = EarnedLine & Readonly<{ exact: number }>;

/** The strongest first. */
const earnedLines = (
  payments: readonly Payment[],
  timeline: readonly JudgedEntry[],
  { scoring: { rules, patterns, categories } }: Policy,
  t: number,
): readonly Earned[] => {
  const counted = timeline.filter(
    ({ notCounted }) =>
      notCounted !== 'before-the-cut-off' && notCounted !== 'held' && notCounted !== 'voided',
  );
  const byRule = Map.groupBy(counted, ({ rule }) => rule?.number);
  const paidBy = Map.groupBy(payments, ({ by }) => by);
  const sums = (paid: readonly Payment[], category: string) => {
    const halfLife = categories[category]?.halfLife ?? Infinity;
    const earned = paid.reduce((sum, { points }) => sum + points, 0);
    const exact = paid.reduce((sum, one) => sum + fadedPoints(one, halfLife, t), 0);
    return { paid: paid.length, earned, faded: exact - earned, exact };
  };
  const ofRules = rules.flatMap(({ number, label, category, oncePer }): readonly Earned[] => {
    const events = byRule.get(number) ?? [];
    const last = events.at(-1);
    if (last === undefined) return [];
    const own = `rule-${number}`;
    const assets = events
      .filter(({ paid }) => paid.some(({ by }) => by === own))
      .flatMap(({ entry: { facets } }) => (facets?.asset === undefined ? [] : [String(facets.asset)]));
    return [
      {
        type: 'rule',
        number,
        label,
        category,
        events: events.length,
        ...(oncePer === undefined ? {} : { oncePer }),
        lastAt: instantOf(last.entry.at),
        assets: [...new Set(assets)],
        ...sums(paidBy.get(own) ?? [], category),
      },
    ];
  });
  const ofPatterns = patterns.flatMap(({ number, label, category, kind, followedBy }): readonly Earned[] => {
    const paid = paidBy.get(`pattern-${number}`) ?? [];
    const [first] = paid;
    if (first === undefined) return [];
    const events = counted.filter(({ entry }) => entry.kind === kind || entry.kind === followedBy).length;
    const lastAt = instantOf(first.at);
    return [
      { type: 'pattern', number, label, category, events, lastAt, assets: [], ...sums(paid, category) },
    ];
  });
  return [...ofRules, ...ofPatterns].sort((a, b) => b.exact - a.exact);
};
