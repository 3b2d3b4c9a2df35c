import type { Rule } from '../../policy/schema.ts';
import { DAY, HOUR } from '../time.ts';
import type { Span } from '../timeline.ts';
import { localDay, localMonth, localWeek } from './local-day.ts';

/** Rules that pay for the earliest engagement of each period. */
export type Period = Exclude<NonNullable<Rule['oncePer']>, 'asset'>;

/** Periods of one rule have numbers, which rise with time. */
export const periodOf = (oncePer: Period, at: number, zone: string): number => {
  switch (oncePer) {
    case 'day':
      return localDay(at, zone);
    case 'week':
      return localWeek(at, zone);
    case 'month':
      return localMonth(at, zone);
    case 'ever':
      return 0;
  }
};

/** Longer than any of its kind, whatever clocks are changed to meanwhile. */
const longest: Readonly<Record<Period, number>> = {
  day: DAY + 2 * HOUR,
  week: 8 * DAY,
  month: 32 * DAY,
  ever: Infinity,
};

/** Holds the whole period in which an engagement falls. */
export const spanAround = (oncePer: Period, at: number): Span => ({
  from: at - longest[oncePer],
  until: at + longest[oncePer],
});
