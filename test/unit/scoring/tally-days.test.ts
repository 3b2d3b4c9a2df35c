import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { localDay, localMonth, localWeek } from '../../../shared/domain/fold/local-day.ts';

/** The date by the clock on the wall, asked each time. */
const dateIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);

const dateOfDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** With whole and half hours, changes of half an hour, at midnight and over it, and a day that was left out. */
const changes = [
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Asia/Kathmandu', '2026-07-01T00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['America/St_Johns', '2010-11-07T02:31Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Africa/Monrovia', '1972-01-07T00:44:30Z'],
  ['UTC', '1970-01-01T00:00Z'],
] as const;

const moment = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -260, max: 260 }))
  .map(([[zone, change], quarters]) => [zone, Date.parse(change) + quarters * 900_000] as const);

describe('the day in a zone', () => {
  test.prop([moment, fc.constantFrom(0, -1, 1, 61_007)], { numRuns: 1500 })(
    'is what the calendar on the wall shows',
    ([zone, near], ms) => {
      expect(dateOfDay(localDay(near + ms, zone))).toBe(dateIn(zone, near + ms));
    },
  );

  it('is the same after more days than are kept in mind', () => {
    const days = Array.from({ length: 12_000 }, (_, i) => i * 86_400_000);
    const first = days.map((at) => localDay(at, 'Asia/Kolkata'));
    expect(days.map((at) => localDay(at, 'Asia/Kolkata'))).toEqual(first);
  });

  it.each([
    ['Sunday', '2026-11-08T22:59:59.999Z', 0],
    ['Monday', '2026-11-08T23:00:00Z', 1],
    ['the next Sunday', '2026-11-15T22:00:00Z', 1],
  ])('belongs to a week that begins on Monday: %s', (_, time, weeks) => {
    const before = localWeek(Date.parse('2026-11-04T12:00:00Z'), 'Europe/Berlin');
    expect(localWeek(Date.parse(time), 'Europe/Berlin') - before).toBe(weeks);
  });

  it.each([
    ['its last moment', '2026-10-31T22:59:59.999Z', 0],
    ['the first of the next', '2026-10-31T23:00:00Z', 1],
    ['the next year', '2026-12-31T23:00:00Z', 3],
  ])('belongs to a month: %s', (_, time, months) => {
    const before = localMonth(Date.parse('2026-10-01T00:00:00Z'), 'Europe/Berlin');
    expect(localMonth(Date.parse(time), 'Europe/Berlin') - before).toBe(months);
  });
});
