import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../../shared/domain/time.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Mon 30.11. 09:00`, in the policy's zone. */
export const localTime = (instant: Instant, zone: string): string => {
  const { dayOfWeek, day, month, hour, minute } = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${weekdays[dayOfWeek - 1]} ${two(day)}.${two(month)}. ${two(hour)}:${two(minute)}`;
};
