import { describe, expect, it } from 'vitest';
import { promisedTime } from '../../../shared/domain/promised-time.ts';
import { salutationOf } from '../../../shared/domain/salutation.ts';

const named = (firstName?: string, lastName?: string) => {
  const at = '2026-11-24T09:00:00.000Z';
  return {
    ...(firstName === undefined ? {} : { firstName: { value: firstName, at } }),
    ...(lastName === undefined ? {} : { lastName: { value: lastName, at } }),
  };
};

describe('the salutation', () => {
  it.each([
    ['both names', 'Johanna', 'Weber', 'Guten Tag Johanna Weber', 'Hello Johanna'],
    ['a first name only', 'Johanna', undefined, 'Guten Tag', 'Hello Johanna'],
    ['a last name only', undefined, 'Weber', 'Guten Tag', 'Hello'],
    ['no name', undefined, undefined, 'Guten Tag', 'Hello'],
    [
      'names of all kinds',
      'Zoë-Marie J.',
      'O’Neill dos Santos',
      'Guten Tag Zoë-Marie J. O’Neill dos Santos',
      'Hello Zoë-Marie J.',
    ],
    ['other scripts', 'Ελένη', 'Παπαδοπούλου', 'Guten Tag Ελένη Παπαδοπούλου', 'Hello Ελένη'],
    ['blanks around it', '  Johanna ', ' Weber', 'Guten Tag Johanna Weber', 'Hello Johanna'],
    ['a link', 'Win at http://x.example', 'Weber', 'Guten Tag', 'Hello'],
    ['a domain', 'evil.example', 'Weber', 'Guten Tag', 'Hello'],
    ['an address', 'a@b.example', 'Weber', 'Guten Tag', 'Hello'],
    ['figures', 'Call 0800', 'Weber', 'Guten Tag', 'Hello'],
    ['a sentence', 'You have won a very nice prize', 'Weber', 'Guten Tag', 'Hello'],
    ['markup', '<b>Jo</b>', 'Weber', 'Guten Tag', 'Hello'],
    ['a second line', 'Jo\nBcc: x', 'Weber', 'Guten Tag', 'Hello'],
  ])('with %s', (_, first, last, de, en) => {
    expect(salutationOf(named(first, last), 'de')).toBe(de);
    expect(salutationOf(named(first, last), 'en')).toBe(en);
  });
});

describe('a promised time', () => {
  const at = '2026-11-24T14:30:00.000Z';
  it.each([
    ['en', { zone: 'Europe/London', known: true }, true, [/Tuesday/, /24 November/, /14:30/]],
    ['de', { zone: 'Europe/Berlin', known: true }, true, [/Dienstag/, /24\. November/, /15:30 Uhr$/]],
    ['de', { zone: 'Europe/Berlin', known: false }, true, [/15:30 Uhr \(Berlin\)$/]],
    ['en', { zone: 'America/New_York', known: false }, true, [/09:30 \(New York\)$/]],
  ] as const)('in %s for %o', (locale, zone, toTheMinute, patterns) => {
    for (const pattern of patterns) expect(promisedTime(at, locale, zone, toTheMinute)).toMatch(pattern);
  });

  it('without the minute is a day', () => {
    expect(promisedTime(at, 'en', { zone: 'Europe/London', known: true }, false)).not.toMatch(/:/);
  });
});
