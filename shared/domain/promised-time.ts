import type { Locale } from './locale.ts';
import type { LeadZone } from './mail-window.ts';
import { epochOf, type Instant } from './time.ts';

const languages: Readonly<Record<Locale, string>> = { en: 'en-GB', de: 'de-DE' };

/**
 * A promise in the lead's words: `Tuesday 24 November`, and with `toTheMinute` also the time there. Where the zone is a
 * guess its city is named, so that nobody is misled.
 */
export const promisedTime = (
  instant: Instant,
  locale: Locale,
  { zone, known }: LeadZone,
  toTheMinute: boolean,
): string => {
  const show = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(languages[locale], { ...options, timeZone: zone }).format(epochOf(instant));
  const day = show({ weekday: 'long', day: 'numeric', month: 'long' });
  if (!toTheMinute) return day;
  const time = show({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const city = known ? '' : ` (${zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')})`;
  return `${day}, ${time}${locale === 'de' ? ' Uhr' : ''}${city}`;
};
