import * as TemporalInstant from 'temporal-polyfill/fns/Instant';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { DAY, type Instant, instantOf } from './time.ts';

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
  const local = epochMs + (offsetOnDay(zone, Math.floor(epochMs / DAY)) ?? offsetAt(zone, epochMs));
  const day = Math.floor(local / DAY);
  return { date: dateOfDay(day), ms: local - day * DAY };
};

/**
 * When it is that time in a zone. A time that is skipped in spring counts on from before the gap, one that comes twice
 * in autumn is the first. `ms` may exceed a day: 24:00 is midnight of the next.
 */
export const epochAt = (zone: string, { date, ms }: LocalTime): number => {
  const local = epochOfDay(date) + ms;
  const day = Math.floor(local / DAY);
  // No zone is more than a day away from UTC: if nothing changes around, there is no gap and nothing comes twice.
  const offset = offsetOnDay(zone, day);
  const steady = offset === offsetOnDay(zone, day - 1) && offset === offsetOnDay(zone, day + 1);
  return offset !== undefined && steady ? local - offset : exactEpochAt(zone, local);
};

const exactEpochAt = (zone: string, localMs: number): number => {
  const local = new Date(localMs);
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

/** How far clocks on the wall are ahead of UTC, milliseconds. */
const offsetAt = (zone: string, epochMs: number): number => {
  const local = TemporalInstant.toZonedDateTimeISO(TemporalInstant.fromEpochMilliseconds(epochMs), zone);
  const { year, month, day, hour, minute, second, millisecond } = local;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - epochMs;
};

/** Zones are slow to ask, and the same few days are asked for: by zone, then by day. */
const knownOffsets = new Map<string, Map<number, number | undefined>>();

/** The offset of a whole day of UTC, counted from 1970-01-01; undefined if it changes on that day. */
const offsetOnDay = (zone: string, day: number): number | undefined => {
  const known = knownOffsets.get(zone) ?? new Map<number, number | undefined>();
  if (known.has(day)) return known.get(day);
  const [first, next] = [offsetAt(zone, day * DAY), offsetAt(zone, (day + 1) * DAY)];
  const offset = first === next ? first : undefined;
  knownOffsets.set(zone, known.set(day, offset));
  return offset;
};

/** The first moment of a day in a zone. */
export const startOfDay = (zone: string, date: LocalDate): Instant =>
  instantOf(epochAt(zone, { date, ms: 0 }));

export const addDays = (date: LocalDate, days: number): LocalDate => dateOfDay(epochOfDay(date) / DAY + days);

export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  (epochOfDay(to) - epochOfDay(from)) / DAY;

export const weekdayOf = (date: LocalDate): Weekday =>
  weekdays[new Date(epochOfDay(date)).getUTCDay()] ?? 'sun';

const epochOfDay = (date: LocalDate): number => Date.parse(`${date}T00:00:00.000Z`);

const dateOfDay = (day: number): LocalDate => instantOf(day * DAY).slice(0, 10);
