import * as v from 'valibot';
import { DAY, HOUR, MINUTE } from '../domain/time.ts';

/**
 * Two kinds of time that must not be mixed up. `clock` runs always. `business` runs while the calendar is open;
 * a business day is the same local time on the next working day.
 */
export type Duration = Readonly<
  { type: 'clock'; ms: number } | { type: 'business'; ms: number } | { type: 'business-days'; days: number }
>;

const units: Readonly<Record<string, (amount: number) => Duration>> = {
  s: (amount) => ({ type: 'clock', ms: amount * 1000 }),
  m: (amount) => ({ type: 'clock', ms: amount * MINUTE }),
  h: (amount) => ({ type: 'clock', ms: amount * HOUR }),
  d: (amount) => ({ type: 'clock', ms: amount * DAY }),
  bm: (amount) => ({ type: 'business', ms: amount * MINUTE }),
  bh: (amount) => ({ type: 'business', ms: amount * HOUR }),
  bd: (amount) => ({ type: 'business-days', days: amount }),
};

const nothing: Duration = { type: 'clock', ms: 0 };

/** Of a text that the schema's pattern has let through. */
const parse = (text: string): Duration => {
  const [, amount, unit = ''] = /^([\d.]+)([a-z]+)$/.exec(text) ?? [];
  return units[unit]?.(Number(amount)) ?? nothing;
};

/** `30m`, `24h`, `14d` by the clock; `30bm`, `8bh`, `1bd` in business time. */
export const durationSchema = v.pipe(
  v.string(),
  v.regex(
    /^(\d+(\.\d+)?(s|m|h|d|bm|bh)|\d+bd)$/,
    'is not a duration: write 30m, 24h or 14d by the clock, 30bm, 8bh or 1bd (whole days) in business time',
  ),
  v.transform(parse),
);

/** A duration by the clock, in milliseconds. */
export const clockDurationSchema = v.pipe(
  v.string(),
  v.regex(/^\d+(\.\d+)?(s|m|h|d)$/, 'must run by the clock: write 30m, 24h or 14d'),
  v.transform((text) => {
    const duration = parse(text);
    return duration.type === 'clock' ? duration.ms : 0;
  }),
);
