import { DAY, HOUR, type Instant, MINUTE } from '../../../shared/domain/time.ts';
import type { Duration } from '../../../shared/policy/duration.ts';

/** `a`, `a and b`, `a, b and c`. */
export const listed = (names: readonly string[], last = 'and'): string =>
  names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;

/** `1 point`, `-3 points`. */
export const counted = (count: number, unit: string): string =>
  `${rounded(count)} ${unit}${Math.abs(count) === 1 ? '' : 's'}`;

export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** `30%`, of a share of 1. */
export const percent = (share: number): string => `${rounded(share * 100)}%`;

/** Milliseconds by the clock: `30 minutes`, `14 days`. */
export const clockTime = (ms: number): string => {
  const [size, unit] =
    ms >= DAY && ms % DAY === 0
      ? ([DAY, 'day'] as const)
      : ms >= HOUR && ms % HOUR === 0
        ? ([HOUR, 'hour'] as const)
        : ms >= MINUTE && ms % MINUTE === 0
          ? ([MINUTE, 'minute'] as const)
          : ([1000, 'second'] as const);
  return counted(ms / size, unit);
};

/** As a deadline counts: `30 open minutes`, `1 business day`, `24 hours by the clock`. */
export const durationWords = (duration: Duration): string => {
  switch (duration.type) {
    case 'clock':
      return `${clockTime(duration.ms)} by the clock`;
    case 'business':
      return duration.ms % HOUR === 0 && duration.ms > 0
        ? counted(duration.ms / HOUR, 'open hour')
        : counted(duration.ms / MINUTE, 'open minute');
    case 'business-days':
      return counted(duration.days, 'business day');
  }
};

/** `Fri 27 Nov 2026, 16:00`. */
export const localMoment = (instant: Instant, zone: string): string => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')}`;
};
