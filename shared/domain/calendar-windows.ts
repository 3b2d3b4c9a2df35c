import type { Calendar } from '../policy/schema.ts';
import { DAY, HOUR, MINUTE } from './time.ts';
import { addDays, daysBetween, epochAt, type LocalDate, weekdayOf } from './zoned-time.ts';

/** Open from `start` up to, not including, `end`; epoch milliseconds. It belongs to the day it begins on. */
export type Window = Readonly<{ date: LocalDate; start: number; end: number }>;

/** Nothing opens within this many days: the calendar is a mistake. */
const longestBreakDays = 370;

/** A calendar that is never open can hold no deadline. */
export class NeverOpenError extends Error {
  override readonly name = 'NeverOpenError';
}

/** Zones make them dear to compute, and deadlines ask for the same few days again and again. A calendar never changes. */
const known = new WeakMap<Calendar, Map<number, readonly Window[]>>();

/** The windows that begin on a day, earliest first. An overnight one ends on the next day, even if that day is closed. */
export const windowsOn = (calendar: Calendar, date: LocalDate): readonly Window[] =>
  windowsOnDay(calendar, daysBetween('1970-01-01', date));

/** `day` counts from 1970-01-01. */
const windowsOnDay = (calendar: Calendar, day: number): readonly Window[] => {
  const days = known.get(calendar) ?? new Map<number, readonly Window[]>();
  const before = days.get(day);
  if (before !== undefined) return before;
  const windows = openingsOn(calendar, addDays('1970-01-01', day));
  known.set(calendar, days.set(day, windows));
  return windows;
};

const openingsOn = (calendar: Calendar, date: LocalDate): readonly Window[] => {
  if (calendar.closed.includes(date)) return [];
  const weekday = weekdayOf(date);
  return calendar.open
    .filter(({ days }) => days.includes(weekday))
    .map(({ from, to }) => {
      const [opens, closes] = [msOf(from), msOf(to)];
      return {
        date,
        start: epochAt(calendar.zone, { date, ms: opens }),
        end: epochAt(calendar.zone, { date, ms: closes > opens ? closes : closes + DAY }),
      };
    })
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
};

/**
 * Open time from `epochMs` on, without end: disjoint windows in order, the first perhaps begun already.
 * @throws NeverOpenError if nothing opens for more than a year.
 */
export function* windowsFrom(calendar: Calendar, epochMs: number): Generator<Window, never> {
  let covered = epochMs;
  let idle = 0;
  // At the latest the day before the local one, whose window may last overnight: no zone is a day behind UTC.
  for (let day = Math.floor(epochMs / DAY) - 2; ; day++) {
    for (const { date, start, end } of windowsOnDay(calendar, day)) {
      if (end <= covered) continue;
      yield { date, start: covered === epochMs ? start : Math.max(start, covered), end };
      covered = end;
      idle = 0;
    }
    if (++idle > longestBreakDays) throw new NeverOpenError('the calendar never opens');
  }
}

const msOf = (time: string): number => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3)) * MINUTE;
