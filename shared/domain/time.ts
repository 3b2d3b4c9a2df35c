/**
 * An instant in UTC, always `YYYY-MM-DDTHH:mm:ss.sssZ`: of one length, so instants compare as text.
 * Read one from outside with {@link instantOf}; the core never asks a clock.
 */
export type Instant = string;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Dates as an instant begins with them. Dates are slow to write, and most instants are of a few days. */
const dates = new Map<number, string>();
const mostDates = 10_000;

const dateOf = (day: number): string => {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY).toISOString();
  const made = text.slice(0, text.indexOf('T') + 1);
  if (dates.size >= mostDates) dates.clear();
  dates.set(day, made);
  return made;
};

/** Texts of whole numbers below `count`, each made when it is asked for first. */
const textsOf = (count: number, textOf: (i: number) => string): ((i: number) => string) => {
  let made: string[] | undefined;
  return (i) => {
    made ??= new Array<string>(count).fill('');
    const known = made[i];
    if (known !== undefined && known !== '') return known;
    const text = textOf(i);
    made[i] = text;
    return text;
  };
};
const digitsOf = (number: number, count: number): string => String(number).padStart(count, '0');
const minuteOfDay = textsOf(24 * 60, (i) => `${digitsOf(Math.floor(i / 60), 2)}:${digitsOf(i % 60, 2)}:`);
const secondOfMinute = textsOf(60, (i) => `${digitsOf(i, 2)}.`);
const restOfSecond = textsOf(1000, (i) => `${digitsOf(i, 3)}Z`);

/** Epoch milliseconds -> instant. */
export const instantOf = (epochMs: number): Instant => {
  const whole = Math.trunc(epochMs);
  const day = Math.floor(whole / DAY);
  const ms = whole - day * DAY;
  const minute = Math.floor(ms / MINUTE);
  const second = Math.floor((ms - minute * MINUTE) / 1000);
  return (
    dateOf(day) +
    minuteOfDay(minute) +
    secondOfMinute(second) +
    restOfSecond(ms - minute * MINUTE - second * 1000)
  );
};

/** The one that was read last: mostly it is now, and is asked for again and again. */
let latestInstant = '';
let latestEpoch = Number.NaN;

/** Instant -> epoch milliseconds. What is none, but a timestamp of another form, is read too. */
export const epochOf = (instant: Instant): number => {
  if (instant !== latestInstant) {
    latestEpoch = epochIn(instant);
    latestInstant = instant;
  }
  return latestEpoch;
};

const epochIn = (instant: Instant): number => {
  if (!isUsual(instant)) return Date.parse(instant);
  const month = digits(instant, 5, 7);
  const hours = digits(instant, 11, 13);
  const minutes = digits(instant, 14, 16);
  const seconds = digits(instant, 17, 19);
  const ms = digits(instant, 20, 23);
  const day = dayOf(digits(instant, 0, 4), month, digits(instant, 8, 10));
  return (((day * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms;
};

/** Days before each month of a year that begins with March, so that a day more comes last. */
const daysBefore = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];

/** Days since 1970-01-01, in the calendar of today. NaN: there is no such month. */
const dayOf = (year: number, month: number, day: number): number => {
  const from = month < 3 ? year - 1 : year;
  const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return from * 365 + leaps + (daysBefore[month - 1] ?? Number.NaN) + day - 719_469;
};

/** Of the year 100 or later: `Date.UTC` takes those before for years of the last century. */
const isUsual = (text: string): boolean => text.length === 24 && text.endsWith('Z') && !text.startsWith('00');

/** NaN: they are not digits all. */
const digits = (text: string, from: number, until: number): number => {
  let number = 0;
  for (let i = from; i < until; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
};

/** The instant `ms` milliseconds later (earlier if negative). */
export const later = (instant: Instant, ms: number): Instant => instantOf(epochOf(instant) + ms);

/** The earliest of the given instants; undefined if none is given. */
export const earliest = (instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.reduce(
    (first, next) => (next !== undefined && (first === undefined || next < first) ? next : first),
    undefined,
  );

/** The latest of the given instants. */
export const latest = (first: Instant, ...others: readonly Instant[]): Instant =>
  [first, ...others].toSorted().at(-1) ?? first;
