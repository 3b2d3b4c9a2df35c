import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadZone, nextInMailWindow } from '../../../shared/domain/mail-window.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { defaultPolicy } from '../../support/default-policy.ts';

const policy = defaultPolicy();
const withClosed = (...closed: string[]) => {
  const { dach, ...others } = policy.calendars;
  return { ...policy, calendars: { ...others, dach: { ...dach!, closed } } };
};
const withWindow = (window: Partial<typeof policy.mail.window>) => ({
  ...policy,
  mail: { ...policy.mail, window: { ...policy.mail.window, ...window } },
});

describe('the zone of a lead', () => {
  it.each([
    ['its own first', { timeZone: 'Asia/Tokyo', country: 'GB' }, 'Asia/Tokyo', true],
    ['then the country', { country: 'GB' }, 'Europe/London', true],
    ['an invented one is none', { timeZone: 'Mars/Olympus', country: 'US' }, 'America/New_York', true],
    ['then the default', { country: 'JP' }, 'Europe/Berlin', false],
    ['nothing known', {}, 'Europe/Berlin', false],
  ])('%s', (_, lead, zone, known) => {
    expect(leadZone(lead, policy)).toEqual({ zone, known });
  });
});

describe('the mail window', () => {
  it.each([
    ['inside: now', '2026-11-24T09:00:00.000Z', 'Europe/Berlin', '2026-11-24T09:00:00.000Z'],
    ['the first moment counts', '2026-11-24T07:30:00.000Z', 'Europe/Berlin', '2026-11-24T07:30:00.000Z'],
    ['before it opens', '2026-11-24T07:29:59.999Z', 'Europe/Berlin', '2026-11-24T07:30:00.000Z'],
    ['the last moment does not', '2026-11-24T16:30:00.000Z', 'Europe/Berlin', '2026-11-25T07:30:00.000Z'],
    ['over the weekend', '2026-11-27T20:00:00.000Z', 'Europe/Berlin', '2026-11-30T07:30:00.000Z'],
    ['by the lead and not by us', '2026-11-24T09:00:00.000Z', 'America/New_York', '2026-11-24T13:30:00.000Z'],
    ['another day there already', '2026-11-22T23:45:00.000Z', 'Asia/Tokyo', '2026-11-22T23:45:00.000Z'],
    ['summer time has begun', '2026-03-28T12:00:00.000Z', 'Europe/Berlin', '2026-03-30T06:30:00.000Z'],
    ['summer time has ended', '2026-10-24T12:00:00.000Z', 'Europe/Berlin', '2026-10-26T07:30:00.000Z'],
  ])('%s', (_, now, zone, expected) => {
    expect(nextInMailWindow(now, zone, policy)).toBe(expected);
  });

  it('leaves out days on which its calendar is closed', () => {
    const closed = withClosed('2026-12-24', '2026-12-25');
    expect(nextInMailWindow('2026-12-24T09:00:00.000Z', 'Europe/Berlin', closed)).toBe(
      '2026-12-28T07:30:00.000Z',
    );
  });

  it('may end at midnight', () => {
    const late = withWindow({ from: '22:00', to: '24:00' });
    expect(nextInMailWindow('2026-11-24T22:59:59.000Z', 'Europe/Berlin', late)).toBe(
      '2026-11-24T22:59:59.000Z',
    );
    expect(nextInMailWindow('2026-11-24T23:00:00.000Z', 'Europe/Berlin', late)).toBe(
      '2026-11-25T21:00:00.000Z',
    );
  });

  it('may never open', () => {
    expect(
      nextInMailWindow('2026-11-24T09:00:00.000Z', 'Europe/Berlin', withWindow({ days: [] })),
    ).toBeUndefined();
  });

  it('is open at the moment it names, never earlier than asked, and the same when asked again', () => {
    const minutes = fc.integer({ min: 0, max: 366 * 24 * 60 });
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    fc.assert(
      fc.property(minutes, zones, (minute, zone) => {
        const now = instantOf(Date.UTC(2026, 0, 1) + minute * 60_000);
        const next = nextInMailWindow(now, zone, policy)!;
        expect(next >= now).toBe(true);
        expect(nextInMailWindow(next, zone, policy)).toBe(next);
        const local = Object.fromEntries(
          new Intl.DateTimeFormat('en-GB', {
            timeZone: zone,
            weekday: 'short',
            hour: '2-digit',
            minute: '2-digit',
          })
            .formatToParts(new Date(next))
            .map(({ type, value }) => [type, value]),
        );
        expect(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']).toContain(local.weekday);
        expect(`${local.hour}:${local.minute}` >= '08:30').toBe(true);
        expect(`${local.hour}:${local.minute}` < '17:30').toBe(true);
      }),
    );
  });
});
