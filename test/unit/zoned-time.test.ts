import { fc, test } from '@fast-check/vitest';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../shared/domain/time.ts';
import { epochAt, localTimeOf } from '../../shared/domain/zoned-time.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Pacific/Kiritimati',
];
const zone = fc.constantFrom(...zones);
const instant = fc
  .integer({ min: Date.UTC(2010, 0, 1) / MINUTE, max: Date.UTC(2030, 0, 1) / MINUTE })
  .map((minutes) => minutes * MINUTE);

const zoned = (epochMs: number, name: string) =>
  Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(name);

describe('time on the wall', () => {
  test.prop([zone, instant], { numRuns: 2000 })('is what the zone says', (name, epochMs) => {
    const local = zoned(epochMs, name);
    expect(localTimeOf(name, epochMs)).toEqual({
      date: local.toPlainDate().toString(),
      ms: local.hour * HOUR + local.minute * MINUTE,
    });
  });

  test.prop([zone, instant, fc.nat(24 * 60 - 1)], { numRuns: 2000 })(
    'is the moment that the zone says, also where it is skipped or comes twice',
    (name, epochMs, minutes) => {
      const date = zoned(epochMs, name).toPlainDate();
      const time = { hour: Math.floor(minutes / 60), minute: minutes % 60 };
      expect(epochAt(name, { date: date.toString(), ms: minutes * MINUTE })).toBe(
        date.toZonedDateTime({ timeZone: name, plainTime: time }).epochMilliseconds,
      );
    },
  );

  it.each([
    ['skipped in spring', '2026-03-29', 2.5 * HOUR, '2026-03-29T01:30:00.000Z'],
    ['twice in autumn', '2026-10-25', 2.5 * HOUR, '2026-10-25T00:30:00.000Z'],
    ['midnight of the next day', '2026-10-24', 24 * HOUR, '2026-10-24T22:00:00.000Z'],
  ])('in Berlin: %s', (_, date, ms, expected) => {
    expect(new Date(epochAt('Europe/Berlin', { date, ms })).toISOString()).toBe(expected);
  });
});
