import type { Locale } from './locale.ts';
import { DAY, epochOf, HOUR, type Instant, MINUTE } from './time.ts';

const languages: Readonly<Record<Locale, string>> = { en: 'en-GB', de: 'de-DE' };
const formats = new Map<string, Intl.DateTimeFormat>();

/** The first one of a process costs 20 ms: none is made before it is asked for. */
const formatOf = (locale: Locale, zone: string): Intl.DateTimeFormat => {
  const key = `${locale} ${zone}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(languages[locale], {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(key, format);
  return format;
};

/** Whatever becomes due together is told together: the same few moments are shown again and again. */
const shown = new Map<string, string>();
const shownAtMost = 1000;

/** Day and time as the reader's clock shows them: `Mon 23 Nov, 10:30`. */
export const localTime = (instant: Instant, locale: Locale, zone: string): string => {
  const key = `${instant} ${locale} ${zone}`;
  const known = shown.get(key);
  if (known !== undefined) return known;
  const text = formatOf(locale, zone).format(epochOf(instant));
  if (shown.size >= shownAtMost) shown.clear();
  shown.set(key, text);
  return text;
};

/** The same with the zone's city, for what must be kept: `Mon 23 Nov, 10:30 (Berlin)`. */
export const localTimeIn = (instant: Instant, locale: Locale, zone: string): string => {
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return `${localTime(instant, locale, zone)} (${city})`;
};

const days: Readonly<Record<Locale, readonly [one: string, several: string]>> = {
  en: ['day', 'days'],
  de: ['Tag', 'Tage'],
};

/** How long, by the clock, in the two largest units: `2 h 15 min`, `3 days 4 h`. Never negative. */
export const elapsed = (ms: number, locale: Locale): string => {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  const whole = Math.floor((minutes * MINUTE) / DAY);
  const parts: readonly (readonly [number, string])[] = [
    [whole, days[locale][whole === 1 ? 0 : 1]],
    [Math.floor(((minutes * MINUTE) % DAY) / HOUR), 'h'],
    [minutes % 60, 'min'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return '0 min';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
};
