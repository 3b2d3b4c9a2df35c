import { DAY, epochOf, type Instant } from '../time.ts';

/** Making a formatter takes longer than a hundred uses of it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  formatters.set(zone, made);
  return made;
};

type LocalDate = Readonly<{ year: number; month: number; day: number }>;

const localDate = (at: Instant, zone: string): LocalDate => {
  const parts = formatterOf(zone).formatToParts(epochOf(at));
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
};

/** The calendar day on which the instant falls in the zone, as days since 1970-01-01. */
export const localDay = (at: Instant, zone: string): number => {
  const { year, month, day } = localDate(at, zone);
  return Date.UTC(year, month - 1, day) / DAY;
};

/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
export const localWeek = (at: Instant, zone: string): number => Math.floor((localDay(at, zone) + 3) / 7);

export const localMonth = (at: Instant, zone: string): number => {
  const { year, month } = localDate(at, zone);
  return year * 12 + month;
};
