import { expect, it } from 'vitest';
import { preferredLocale } from '../../../shared/pages/preferred-locale.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['en;q=0.5, de;q=0.7', 'de'],
  ['fr, de;q=0.5, en;q=0.4', 'de'],
  ['de;q=0, fr', 'en'],
  ['DE-ch', 'de'],
  ['*', 'en'],
  ['denmark', 'en'],
])('%s is answered in %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});
