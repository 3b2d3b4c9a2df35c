import * as TemporalInstant from 'temporal-polyfill/fns/Instant';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { DAY, HOUR, type Instant, instantOf, MINUTE } from './time.ts';

/** A day in some zone, `YYYY-MM-DD`: compares as text. */
export type LocalDate = string;

export type LocalTime = Readonly<{
  date: LocalDate /** Since local midnight, as a clock on the wall counts. */;
  ms: number;
}>;

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** What calendar and clock on the wall show in a zone. */
export const localTimeOf = (zone: string, epochMs: number): LocalTime => {
  const local = TemporalInstant.toZonedDateTimeISO(TemporalInstant.fromEpochMilliseconds(epochMs), zone);
  const { year, month, day, hour, minute, second, millisecond } = local;
  return {
    date: new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10),
    ms: hour * HOUR + minute * MINUTE + second * 1000 + millisecond,
  };
};

/**
 * When it is that time in a zone. A time that is skipped in spring counts on from before the gap, one that comes twice
 * in autumn is the first. `ms` may exceed a day: 24:00 is midnight of the next.
 */
export const epochAt = (zone: string, { date, ms }: LocalTime): number => {
  const local = new Date(epochOfDay(date) + ms);
  const time = ZonedDateTime.fromFields({
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
    timeZone: zone,
  });
  return time.epochMilliseconds;
};

/** The first moment of a day in a zone. */
export const startOfDay = (zone: string, date: LocalDate): Instant =>
  instantOf(epochAt(zone, { date, ms: 0 }));

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(epochOfDay(date) + days * DAY).toISOString().slice(0, 10);

export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  (epochOfDay(to) - epochOfDay(from)) / DAY;

export const weekdayOf = (date: LocalDate): Weekday =>
  weekdays[new Date(epochOfDay(date)).getUTCDay()] ?? 'sun';

const epochOfDay = (date: LocalDate): number => Date.parse(`${date}T00:00:00.000Z`);
