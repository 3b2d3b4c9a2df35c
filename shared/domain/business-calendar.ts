/**
 * Time as a policy's calendar counts it. Opening hours are half-open: at closing time it is closed, yet a deadline that
 * falls on closing time stays there.
 */
import type { Duration } from '../policy/duration.ts';
import type { Calendar } from '../policy/schema.ts';
import { type Window, windowsFrom, windowsOn } from './calendar-windows.ts';
import { epochOf, type Instant, instantOf, later } from './time.ts';
import { addDays, daysBetween, epochAt, localTimeOf } from './zoned-time.ts';

/** The moment itself while it is open, else when it opens next. */
export const nextOpening = (calendar: Calendar, from: Instant): Instant => {
  const epochMs = epochOf(from);
  return instantOf(Math.max(epochMs, firstWindow(calendar, epochMs).start));
};

/**
 * `from` and a duration. By the clock: just that. In business time it starts at the next opening; a business day is the
 * same local time on the next working day, or that day's last open moment before it (its opening, where there is none).
 */
export const addDuration = (calendar: Calendar, from: Instant, duration: Duration): Instant => {
  switch (duration.type) {
    case 'clock':
      return later(from, duration.ms);
    case 'business':
      return addOpenTime(calendar, from, duration.ms);
    case 'business-days':
      return addWorkingDays(calendar, from, duration.days);
  }
};

/** Milliseconds of open time between two moments; 0 if `to` is not after `from`. */
export const openElapsed = (calendar: Calendar, from: Instant, to: Instant): number => {
  const [start, end] = [epochOf(from), epochOf(to)];
  let elapsed = 0;
  if (start >= end) return elapsed;
  for (const window of windowsFrom(calendar, start)) {
    if (window.start >= end) break;
    elapsed += Math.min(window.end, end) - Math.max(window.start, start);
    if (window.end >= end) break;
  }
  return elapsed;
};

const addOpenTime = (calendar: Calendar, from: Instant, ms: number): Instant => {
  let [cursor, left] = [epochOf(from), ms];
  for (const window of windowsFrom(calendar, cursor)) {
    cursor = Math.max(cursor, window.start);
    if (left <= window.end - cursor) break;
    left -= window.end - cursor;
  }
  return instantOf(cursor + left);
};

const addWorkingDays = (calendar: Calendar, from: Instant, days: number): Instant => {
  const epochMs = epochOf(from);
  const first = firstWindow(calendar, epochMs);
  const start = Math.max(epochMs, first.start);
  if (days === 0) return instantOf(start);
  const local = localTimeOf(calendar.zone, start);
  const workday = nthWorkday(calendar, first, days);
  // After midnight of an overnight window it is still the day on which that began.
  const date = addDays(workday.date, daysBetween(first.date, local.date));
  return instantOf(heldInHours(workday.windows, epochAt(calendar.zone, { date, ms: local.ms })));
};

const nthWorkday = (calendar: Calendar, { date, end }: Window, days: number) => {
  let workday = date;
  let left = days;
  for (const window of windowsFrom(calendar, end)) {
    if (window.date > workday) {
      workday = window.date;
      left--;
    }
    if (left === 0) break;
  }
  return { date: workday, windows: windowsOn(calendar, workday) };
};

/** The last open moment of the windows up to `epochMs`, closing times included; their first opening if none is. */
const heldInHours = (windows: readonly Window[], epochMs: number): number => {
  const begun = windows.filter(({ start }) => start <= epochMs);
  return begun.length === 0
    ? Math.min(...windows.map(({ start }) => start))
    : Math.max(...begun.map(({ end }) => Math.min(end, epochMs)));
};

const firstWindow = (calendar: Calendar, epochMs: number): Window =>
  windowsFrom(calendar, epochMs).next().value;
