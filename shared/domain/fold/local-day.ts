import { DAY } from '../time.ts';
import { offsetAt } from './zone-offset.ts';

/** The calendar day on which it falls in the zone, as days since 1970-01-01. */
export const localDay = (at: number, zone: string): number => Math.floor((at + offsetAt(at, zone)) / DAY);

/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
export const localWeek = (at: number, zone: string): number => Math.floor((localDay(at, zone) + 3) / 7);

/** Months since the year 0. */
export const localMonth = (at: number, zone: string): number => {
  const local = new Date(at + offsetAt(at, zone));
  return local.getUTCFullYear() * 12 + local.getUTCMonth();
};
