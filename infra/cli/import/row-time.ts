import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../../shared/domain/time.ts';
import { instantOf } from '../../../shared/domain/time.ts';

/**
 * What people write into a column of times -> an instant; undefined if it is none. With an offset it is exact; without,
 * it is local time in `zone`, and a date is the start of that day there.
 */
export const rowTime = (text: string, zone: string): Instant | undefined => {
  const written = text.trim().replace(' ', 'T');
  try {
    const epochMs = /(?:Z|[+-]\d\d:?\d\d)$/.test(written.slice(10))
      ? Temporal.Instant.from(written).epochMilliseconds
      : Temporal.PlainDateTime.from(written, { overflow: 'reject' }).toZonedDateTime(zone).epochMilliseconds;
    return instantOf(epochMs);
  } catch {
    return undefined;
  }
};
