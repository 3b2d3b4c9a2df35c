import type { TimelineEntry } from '../timeline.ts';
import type { KnownIn } from './known-in.ts';
import { type Period, periodOf, spanAround } from './period-of.ts';
import { ruleIn } from './rule-of.ts';
import type { IndexedRule, ScoringIndex } from './scoring-index.ts';
import { movePayment, pay, type TallyDraft } from './tally-draft.ts';

/** The earliest engagement of a period is paid. Returns the points, if it is this one as far as is known. */
export const admitToPeriod = (
  draft: TallyDraft,
  entry: TimelineEntry,
  rule: IndexedRule,
  oncePer: Period,
  knownIn: KnownIn,
  index: ScoringIndex,
): number => {
  const period = periodOf(oncePer, entry.at, index.zone);
  const newest = draft.periods.of(rule.number);
  const isNewest = newest === undefined || period >= newest.period;
  const first =
    newest === undefined || period > newest.period
      ? undefined
      : period === newest.period
        ? newest.at
        : firstOf(entry.at, rule, oncePer, knownIn, index);
  if (first !== undefined && first <= entry.at) return 0;
  if (first === undefined) pay(draft, rule, entry.at, index);
  else movePayment(draft, rule, { before: first, at: entry.at }, index);
  if (isNewest) draft.periods = draft.periods.with(rule.number, { period, at: entry.at });
  return rule.points;
};

/** When the first of those that are known of the same period happened. */
const firstOf = (
  at: number,
  rule: IndexedRule,
  oncePer: Period,
  knownIn: KnownIn,
  index: ScoringIndex,
): number | undefined => {
  const period = periodOf(oncePer, at, index.zone);
  return knownIn(spanAround(oncePer, at)).find(
    (other) => periodOf(oncePer, other.at, index.zone) === period && ruleIn(index, other) === rule,
  )?.at;
};
