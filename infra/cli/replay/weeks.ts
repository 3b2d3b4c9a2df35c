import { DAY, epochOf, type Instant } from '../../../shared/domain/time.ts';
import {
  addDays,
  daysBetween,
  type LocalDate,
  localTimeOf,
  weekdayOf,
  weekdays,
} from '../../../shared/domain/zoned-time.ts';

/** The Monday of the week in which an instant falls in the zone. */
export type WeekOf = (instant: Instant) => LocalDate;

/** Whatever is due together is told together, so the same instants are asked for again and again. */
export const weeksIn = (zone: string): WeekOf => {
  const known = new Map<Instant, LocalDate>();
  return (instant) => {
    const week = known.get(instant) ?? mondayOf(localTimeOf(zone, epochOf(instant)).date);
    known.set(instant, week);
    return week;
  };
};

const mondayOf = (date: LocalDate): LocalDate => {
  const sinceMonday = (weekdays.indexOf(weekdayOf(date)) + 6) % 7;
  return addDays(date, -sinceMonday);
};

export type PerWeek = Readonly<{ total: number; mean: number; peak: number; peakWeek: LocalDate | null }>;

/** How often per week, over all weeks of a history, those in which nothing happened too. */
export const perWeek = (counts: ReadonlyMap<LocalDate, number>, weeks: number): PerWeek => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const peak = Math.max(0, ...counts.values());
  const peakWeeks = [...counts].flatMap(([week, count]) => (count === peak ? [week] : [])).sort();
  return { total, mean: rounded(total / weeks), peak, peakWeek: peakWeeks[0] ?? null };
};

/** Weeks from that of the first to that of the last instant, both counted. */
export const weeksBetween = (weekOf: WeekOf, first: Instant, last: Instant): number =>
  daysBetween(weekOf(first), weekOf(last)) / 7 + 1;

const rounded = (value: number): number => Math.round(value * 10) / 10;

export const countOne = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** As people read a span. */
export const daysOf = (first: Instant, last: Instant): number =>
  Math.round((epochOf(last) - epochOf(first)) / DAY);
