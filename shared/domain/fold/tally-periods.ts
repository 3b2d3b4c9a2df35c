import type { TimelineEntry } from '../timeline.ts';
import type { KnownIn } from './known-in.ts';
import { type Period, periodOf, spanAround } from './period-of.ts';
import { ruleIn } from './rule-of.ts';
import type { IndexedRule, ScoringIndex } from './scoring-index.ts';
import type { Tally } from './tally.ts';
import { movePayment, pay, type TallyDraft } from './tally-draft.ts';

type PeriodPaid = Tally['periods'][number];

const paidPeriod = ({ periods }: TallyDraft, number: number): PeriodPaid | undefined => {
  for (const paid of periods) if (paid.rule === number) return paid;
  return undefined;
};

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
  const newest = paidPeriod(draft, rule.number);
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
  if (isNewest) draft.periods = withPeriod(draft.periods, { rule: rule.number, period, at: entry.at });
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

/** In the order of the rules. */
const withPeriod = (periods: readonly PeriodPaid[], paid: PeriodPaid): readonly PeriodPaid[] => {
  let place = 0;
  while ((periods[place]?.rule ?? Infinity) < paid.rule) place++;
  if (periods[place]?.rule === paid.rule) return periods.with(place, paid);
  return periods.toSpliced(place, 0, paid);
};
