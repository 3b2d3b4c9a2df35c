import type { Calendar } from '../../shared/policy/schema.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const allDays = [...weekdays, 'sat', 'sun'] as const;

const aCalendar = (overrides: Partial<Calendar> = {}): Calendar => ({
  zone: 'Europe/Berlin',
  open: [{ days: [...weekdays], from: '09:00', to: '17:30' }],
  holidays: [],
  closed: [],
  ...overrides,
});

/** Office hours in Berlin. */
export const office = (overrides: Partial<Calendar> = {}): Calendar => aCalendar(overrides);

/** Morning and afternoon, with a break. */
export const withBreak = aCalendar({
  open: [
    { days: [...weekdays], from: '13:00', to: '17:00' },
    { days: [...weekdays], from: '08:00', to: '12:00' },
  ],
});

/** Night shifts that end on the next day. */
export const nights = aCalendar({ open: [{ days: [...weekdays], from: '22:00', to: '06:00' }] });

/** Always open. */
export const always = aCalendar({ open: [{ days: [...allDays], from: '00:00', to: '24:00' }] });

/** Short on Fridays. */
export const shortFridays = aCalendar({
  open: [
    { days: ['mon', 'tue', 'wed', 'thu'], from: '09:00', to: '17:30' },
    { days: ['fri'], from: '09:00', to: '14:00' },
  ],
});
