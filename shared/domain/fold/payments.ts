import type { Policy } from '../../policy/schema.ts';
import type { Localised } from '../locale.ts';
import { epochOf, type Instant } from '../time.ts';
import type { TimelineEntry } from '../timeline.ts';
import { oncePerJudge } from './once-per.ts';
import { completes } from './pattern-time.ts';
import { ruleOf } from './rule-of.ts';

/** Points that an engagement earned: by a rule, or because it completed a pattern. */
export type Payment = Readonly<{
  entryId: string;
  /** Epoch milliseconds; from here on the points fade. */
  at: number;
  /** `rule-5`, `pattern-1`. */
  by: string;
  category: string;
  points: number;
  label: Localised;
}>;

/**
 * What the engagements after the cut-off earned, one by one. A pure function of the set of engagements: neither their
 * arrival nor the time of asking matters. `timeline` is in its order, without those that do not count. A tally says the
 * same in sums.
 */
export const paymentsOf = (
  timeline: readonly TimelineEntry[],
  cutOff: Instant | undefined,
  policy: Policy,
): readonly Payment[] => {
  const from = cutOff === undefined ? -Infinity : epochOf(cutOff);
  const counted = timeline.filter(({ at }) => at > from);
  const pays = oncePerJudge(policy.zone);
  const byRules = counted.flatMap((entry) => {
    const rule = ruleOf(entry, policy);
    return rule !== undefined && rule.points !== 0 && pays(entry, rule)
      ? [payment(entry, `rule-${rule.number}`, rule)]
      : [];
  });
  const byPatterns = policy.scoring.patterns.flatMap((pattern) => {
    const entry = completes(pattern, counted, policy.zone);
    return entry === undefined ? [] : [payment(entry, `pattern-${pattern.number}`, pattern)];
  });
  return [...byRules, ...byPatterns];
};

const payment = (
  { id, at }: TimelineEntry,
  by: string,
  { category, points, label }: Readonly<{ category: string; points: number; label: Localised }>,
): Payment => ({ entryId: id, at, by, category, points, label });
