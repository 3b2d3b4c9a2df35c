import type { Policy } from '../policy/schema.ts';
import { NeverOpenError, windowsFrom } from './calendar-windows.ts';
import { epochOf, type Instant, instantOf } from './time.ts';

/** The zone a lead is written to in. `known`: they said so, or their country did. */
export type LeadZone = Readonly<{ zone: string; known: boolean }>;

/** The lead's own time zone, else that of the country, else the policy's default: unknown never means "any hour". */
export const leadZone = (
  { timeZone, country }: Readonly<{ timeZone?: string; country?: string }>,
  { mail, zone }: Pick<Policy, 'mail' | 'zone'>,
): LeadZone => {
  if (timeZone !== undefined && isZone(timeZone)) return { zone: timeZone, known: true };
  const ofCountry = country === undefined ? undefined : mail.zones[country];
  if (ofCountry !== undefined) return { zone: ofCountry, known: true };
  return { zone: mail.zones.default ?? zone, known: false };
};

/**
 * The first moment from `now` on at which marketing mail may be sent in that zone; `now` itself if it may.
 * Days on which the window's calendar is closed are left out. Undefined: the window never opens.
 */
export const nextInMailWindow = (
  now: Instant,
  zone: string,
  { mail, calendars }: Pick<Policy, 'mail' | 'calendars'>,
): Instant | undefined => {
  const { calendar, days, from, to } = mail.window;
  const closed = calendars[calendar]?.closed ?? [];
  const window = { zone, open: [{ days, from, to }], holidays: [], closed };
  try {
    const { start } = windowsFrom(window, epochOf(now)).next().value;
    return instantOf(Math.max(start, epochOf(now)));
  } catch (error) {
    if (error instanceof NeverOpenError) return undefined;
    throw error;
  }
};

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};
