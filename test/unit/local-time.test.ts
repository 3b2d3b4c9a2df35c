import { describe, expect, it } from 'vitest';
import { elapsed, localTime, localTimeIn } from '../../shared/domain/local-time.ts';

describe('local time', () => {
  it.each([
    ['2026-10-25T00:30:00.000Z', 'Europe/Berlin', '02:30'],
    ['2026-10-25T01:30:00.000Z', 'Europe/Berlin', '02:30'],
    ['2026-11-23T10:00:00.000Z', 'Europe/London', '10:00'],
    ['2026-11-23T23:30:00.000Z', 'Europe/Berlin', '00:30'],
  ])('of %s in %s is %s', (instant, zone, expected) => {
    expect(localTime(instant, 'en', zone)).toContain(expected);
    expect(localTime(instant, 'de', zone)).toContain(expected);
  });

  it('names the city of the zone', () => {
    expect(localTimeIn('2026-11-23T10:00:00.000Z', 'de', 'America/New_York')).toMatch(/05:00 \(New York\)$/);
  });
});

it.each([
  [-1, '0 min'],
  [59_999, '0 min'],
  [15 * 60_000, '15 min'],
  [2 * 3_600_000, '2 h'],
  [135 * 60_000, '2 h 15 min'],
  [86_400_000, '1 Tag'],
  [3 * 86_400_000 + 4 * 3_600_000 + 5 * 60_000, '3 Tage 4 h'],
])('%i ms are %s', (ms, expected) => {
  expect(elapsed(ms, 'de')).toBe(expected);
});
