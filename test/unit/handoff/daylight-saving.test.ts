import { describe, expect, it } from 'vitest';
import { addDuration, openElapsed } from '../../../shared/domain/business-calendar.ts';
import { HOUR } from '../../../shared/domain/time.ts';
import { type Weekday, weekdays } from '../../../shared/domain/zoned-time.ts';
import { office } from '../../support/calendars.ts';

/** Sundays on which clocks change at night; offsets before and after, and how many hours the day has. */
const changes = [
  { zone: 'Europe/Berlin', day: '2026-03-29', before: '+01:00', after: '+02:00', hours: 23 },
  { zone: 'Europe/Berlin', day: '2026-10-25', before: '+02:00', after: '+01:00', hours: 25 },
  { zone: 'America/New_York', day: '2026-03-08', before: '-05:00', after: '-04:00', hours: 23 },
  { zone: 'America/New_York', day: '2026-11-01', before: '-04:00', after: '-05:00', hours: 25 },
  // Where spring is in October.
  { zone: 'Australia/Sydney', day: '2026-10-04', before: '+10:00', after: '+11:00', hours: 23 },
  { zone: 'Australia/Sydney', day: '2026-04-05', before: '+11:00', after: '+10:00', hours: 25 },
];

const everyDay: Weekday[] = [...weekdays];
const dayFrom = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 24 * HOUR).toISOString().slice(0, 10);

describe.each(changes)('in $zone on $day', ({ zone, day, before, after, hours }) => {
  const at = (days: number, time: string) =>
    new Date(
      `${dayFrom(day, days)}T${time}${days < 0 || time < '02:00' ? (days > 0 ? after : before) : after}`,
    ).toISOString();
  const allDay = office({ zone, open: [{ days: everyDay, from: '00:00', to: '24:00' }] });
  const night = office({ zone, open: [{ days: everyDay, from: '01:00', to: '05:00' }] });

  it(`a day has ${hours} open hours, if it is open all day`, () => {
    expect(openElapsed(allDay, at(0, '00:00'), at(1, '00:00'))).toBe(hours * HOUR);
    expect(addDuration(allDay, at(0, '00:00'), { type: 'business', ms: hours * HOUR })).toBe(at(1, '00:00'));
  });

  it(`a night shift from 1 to 5 has ${hours - 20} hours`, () => {
    const shift = (hours - 20) * HOUR;
    expect(openElapsed(night, at(-1, '12:00'), at(0, '12:00'))).toBe(shift);
    expect(addDuration(night, at(-1, '12:00'), { type: 'business', ms: shift })).toBe(at(0, '05:00'));
    expect(addDuration(night, at(-1, '12:00'), { type: 'business', ms: shift + HOUR })).toBe(at(1, '02:00'));
  });

  it('a business day is the same local time on the next working day', () => {
    const due = addDuration(office({ zone }), at(-2, '16:30'), { type: 'business-days', days: 1 });
    expect(due).toBe(at(1, '16:30'));
    expect(Date.parse(due) - Date.parse(at(-2, '16:30'))).toBe((48 + hours) * HOUR);
  });

  it('office hours are as many as in any other week', () => {
    expect(openElapsed(office({ zone }), at(-2, '16:30'), at(1, '10:00'))).toBe(2 * HOUR);
    expect(addDuration(office({ zone }), at(-2, '16:30'), { type: 'business', ms: 2 * HOUR })).toBe(
      at(1, '10:00'),
    );
  });

  it('24 hours by the clock are 24 hours', () => {
    const due = addDuration(office({ zone }), at(-1, '12:00'), { type: 'clock', ms: 24 * HOUR });
    expect(due).toBe(at(0, hours === 23 ? '13:00' : '11:00'));
  });
});
