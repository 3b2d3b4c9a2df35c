import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { addDuration, nextOpening, openElapsed } from '../../../shared/domain/business-calendar.ts';
import { NeverOpenError } from '../../../shared/domain/calendar-windows.ts';
import { DAY, HOUR, instantOf, MINUTE } from '../../../shared/domain/time.ts';
import type { Calendar } from '../../../shared/policy/schema.ts';
import { always, nights, office, shortFridays, withBreak } from '../../support/calendars.ts';

const z = (text: string) => new Date(text).toISOString();
const bh = (hours: number) => ({ type: 'business', ms: hours * HOUR }) as const;
const bd = (days: number) => ({ type: 'business-days', days }) as const;
const clock = (hours: number) => ({ type: 'clock', ms: hours * HOUR }) as const;

describe('nextOpening', () => {
  it.each([
    ['while open', office(), '2026-11-23T10:00+01:00', '2026-11-23T10:00+01:00'],
    ['at opening time', office(), '2026-11-23T09:00+01:00', '2026-11-23T09:00+01:00'],
    ['before opening', office(), '2026-11-23T06:00+01:00', '2026-11-23T09:00+01:00'],
    ['at closing time', office(), '2026-11-23T17:30+01:00', '2026-11-24T09:00+01:00'],
    ['on Saturday', office(), '2026-11-28T12:00+01:00', '2026-11-30T09:00+01:00'],
    [
      'on a closed day',
      office({ closed: ['2026-12-25'] }),
      '2026-12-25T10:00+01:00',
      '2026-12-28T09:00+01:00',
    ],
    ['in the break', withBreak, '2026-11-23T12:30+01:00', '2026-11-23T13:00+01:00'],
    ['after midnight of a night', nights, '2026-11-24T02:00+01:00', '2026-11-24T02:00+01:00'],
    ['Saturday, in the night of Friday', nights, '2026-11-28T05:00+01:00', '2026-11-28T05:00+01:00'],
    [
      'a night runs into a closed day',
      { ...nights, closed: ['2026-11-24'] },
      '2026-11-24T02:00+01:00',
      '2026-11-24T02:00+01:00',
    ],
    [
      'but none begins on it',
      { ...nights, closed: ['2026-11-24'] },
      '2026-11-24T23:00+01:00',
      '2026-11-25T22:00+01:00',
    ],
    [
      'in a zone to the west',
      office({ zone: 'America/New_York' }),
      '2026-11-23T10:00+01:00',
      '2026-11-23T09:00-05:00',
    ],
    ['at midnight, never closed', always, '2026-11-24T00:00+01:00', '2026-11-24T00:00+01:00'],
  ])('%s', (_, calendar, from, opens) => {
    expect(nextOpening(calendar, z(from))).toBe(z(opens));
  });

  it('refuses a calendar that never opens', () => {
    expect(() => nextOpening(office({ open: [] }), z('2026-11-23T10:00Z'))).toThrow(NeverOpenError);
  });
});

describe('addDuration', () => {
  it.each([
    ['by the clock, at night too', office(), '2026-11-27T17:00+01:00', clock(24), '2026-11-28T17:00+01:00'],
    ['within a day', office(), '2026-11-23T10:00+01:00', bh(2), '2026-11-23T12:00+01:00'],
    [
      'onto closing time, and no further',
      office(),
      '2026-11-23T16:30+01:00',
      bh(1),
      '2026-11-23T17:30+01:00',
    ],
    ['over the night', office(), '2026-11-23T17:00+01:00', bh(1), '2026-11-24T09:30+01:00'],
    ['over the weekend', office(), '2026-11-27T17:00+01:00', bh(1), '2026-11-30T09:30+01:00'],
    ['from outside', office(), '2026-11-28T10:00+01:00', bh(0.5), '2026-11-30T09:30+01:00'],
    ['over the break', withBreak, '2026-11-23T11:30+01:00', bh(1), '2026-11-23T13:30+01:00'],
    ['over midnight', nights, '2026-11-23T23:00+01:00', bh(4), '2026-11-24T03:00+01:00'],
    ['a working day', office(), '2026-11-23T16:42+01:00', bd(1), '2026-11-24T16:42+01:00'],
    ['a working day over the weekend', office(), '2026-11-27T10:00+01:00', bd(1), '2026-11-30T10:00+01:00'],
    ['a working day from outside', office(), '2026-11-28T10:00+01:00', bd(1), '2026-12-01T09:00+01:00'],
    ['a working day from closing time', office(), '2026-11-23T17:30+01:00', bd(1), '2026-11-25T09:00+01:00'],
    ['ten working days', office(), '2026-11-23T10:00+01:00', bd(10), '2026-12-07T10:00+01:00'],
    [
      'two over a holiday',
      office({ closed: ['2026-12-25'] }),
      '2026-12-23T10:00+01:00',
      bd(2),
      '2026-12-28T10:00+01:00',
    ],
    ['no days', office(), '2026-11-28T10:00+01:00', bd(0), '2026-11-30T09:00+01:00'],
    ['a day that closes earlier', shortFridays, '2026-11-26T16:00+01:00', bd(1), '2026-11-27T14:00+01:00'],
    ['a night later', nights, '2026-11-24T02:00+01:00', bd(1), '2026-11-25T02:00+01:00'],
    ['a working day into summer time', office(), '2026-03-27T10:00+01:00', bd(1), '2026-03-30T10:00+02:00'],
    ['a working day out of it', office(), '2026-10-23T10:00+02:00', bd(1), '2026-10-26T10:00+01:00'],
    [
      'hours over the hour that is skipped',
      always,
      '2026-03-29T01:30+01:00',
      bh(1),
      '2026-03-29T03:30+02:00',
    ],
    [
      'hours over the hour that comes twice',
      always,
      '2026-10-25T01:30+02:00',
      bh(2),
      '2026-10-25T02:30+01:00',
    ],
    ['summer time begins at night', nights, '2026-03-27T23:00+01:00', bh(8), '2026-03-30T23:00+02:00'],
    [
      'in New York',
      office({ zone: 'America/New_York' }),
      '2026-03-06T16:00-05:00',
      bh(2),
      '2026-03-09T09:30-04:00',
    ],
    [
      'in Sydney, out of summer time',
      office({ zone: 'Australia/Sydney' }),
      '2026-04-03T17:00+11:00',
      bh(1),
      '2026-04-06T09:30+10:00',
    ],
  ])('%s', (_, calendar, from, duration, expected) => {
    expect(addDuration(calendar, z(from), duration)).toBe(z(expected));
  });
});

describe('openElapsed', () => {
  it.each([
    ['a day', office(), '2026-11-23T00:00+01:00', '2026-11-24T00:00+01:00', 8.5],
    ['a weekend', office(), '2026-11-27T17:30+01:00', '2026-11-30T09:00+01:00', 0],
    ['a night', office(), '2026-11-23T17:00+01:00', '2026-11-24T10:00+01:00', 1.5],
    ['backwards', office(), '2026-11-24T10:00+01:00', '2026-11-23T10:00+01:00', 0],
    ['a day of 23 hours', always, '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', 23],
    ['a day of 25 hours', always, '2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00', 25],
    [
      'overlapping hours once',
      office({
        open: [
          { days: ['mon'], from: '09:00', to: '13:00' },
          { days: ['mon'], from: '12:00', to: '15:00' },
        ],
      }),
      '2026-11-23T00:00+01:00',
      '2026-11-24T00:00+01:00',
      6,
    ],
  ])('%s', (_, calendar, from, to, hours) => {
    expect(openElapsed(calendar, z(from), z(to))).toBe(hours * HOUR);
  });
});

const localTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const openings = fc.record({
  days: fc.uniqueArray(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), { minLength: 1 }),
  from: localTime,
  to: fc.oneof(localTime, fc.constant('24:00')),
});
/** Several windows a day, overnight, overlapping, in zones whose clocks change on different days and by half an hour. */
const calendars: fc.Arbitrary<Calendar> = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'),
  open: fc.array(openings, { minLength: 1, maxLength: 3 }),
  holidays: fc.constant([]),
  closed: fc.constantFrom<string[]>([], ['2026-03-30', '2026-10-26'], ['2026-11-03']),
}) as fc.Arbitrary<Calendar>;
/** Around the days on which clocks change. */
const moments = fc
  .tuple(
    fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
    fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }),
  )
  .map(([day, minutes]) => instantOf(Date.parse(day) + minutes * MINUTE));
const minutes = fc.integer({ min: 1, max: 3 * 24 * 60 }).map((amount) => amount * MINUTE);

describe('open time', () => {
  test.prop([calendars, moments, minutes, minutes])('adds up', (calendar, from, a, b) => {
    const once = addDuration(calendar, from, { type: 'business', ms: a + b });
    const first = addDuration(calendar, from, { type: 'business', ms: a });
    expect(addDuration(calendar, first, { type: 'business', ms: b })).toBe(once);
  });

  test.prop([calendars, moments, minutes])('elapses as it was added', (calendar, from, ms) => {
    expect(openElapsed(calendar, from, addDuration(calendar, from, { type: 'business', ms }))).toBe(ms);
  });

  test.prop([calendars, moments, minutes, minutes])('elapses in parts as in one', (calendar, from, a, b) => {
    const [middle, end] = [instantOf(Date.parse(from) + a), instantOf(Date.parse(from) + a + b)];
    expect(openElapsed(calendar, from, middle) + openElapsed(calendar, middle, end)).toBe(
      openElapsed(calendar, from, end),
    );
  });

  test.prop([calendars, moments])('is never spent while closed', (calendar, from) => {
    const opens = nextOpening(calendar, from);
    expect(opens >= from).toBe(true);
    expect(openElapsed(calendar, from, opens)).toBe(0);
    expect(openElapsed(calendar, opens, instantOf(Date.parse(opens) + MINUTE))).toBeGreaterThan(0);
  });

  test.prop([moments, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })])(
    'working days of equal hours add up',
    (from, a, b) => {
      const calendar = office();
      expect(addDuration(calendar, addDuration(calendar, from, bd(a)), bd(b))).toBe(
        addDuration(calendar, from, bd(a + b)),
      );
    },
  );

  test.prop([calendars, moments, fc.integer({ min: 1, max: 8 })])(
    'a deadline in days falls into hours, and later than it began',
    (calendar, from, days) => {
      const due = addDuration(calendar, from, bd(days));
      expect(due > from).toBe(true);
      const before = instantOf(Date.parse(due) - 1);
      expect(openElapsed(calendar, before, instantOf(Date.parse(due) + 1))).toBeGreaterThan(0);
      expect(Date.parse(due) - Date.parse(from)).toBeLessThan(400 * DAY);
    },
  );
});
