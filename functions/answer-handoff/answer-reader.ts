import type { Handoff } from '../../shared/domain/handoff.ts';
import { calendarOf } from '../../shared/domain/holder-calendar.ts';
import { localTime } from '../../shared/domain/local-time.ts';
import type { Locale } from '../../shared/domain/locale.ts';
import { personOf, type Roster } from '../../shared/domain/roster.ts';
import { epochOf, type Instant } from '../../shared/domain/time.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import { type AnswerWords, answerWords } from './page-texts.ts';

/** Whoever looks at the page: in their language and time. */
export type Reader = Readonly<{
  /** Id in the roster. */
  id: string;
  locale: Locale;
  zone: string;
  words: AnswerWords;
  timeOf: (instant: Instant) => string;
  dateOf: (instant: Instant) => string;
}>;

/** The holder whom a link was made for, by its assignment. Undefined: there was none such. */
export const readerOf = (
  handoff: Handoff,
  assignment: number,
  roster: Roster,
  policy: Policy,
  now: Instant,
): Reader | undefined => {
  const id = assignment === handoff.assignment ? handoff.holder : handoff.previousHolders[assignment - 1];
  return id === undefined ? undefined : personReading(id, handoff, roster, policy, now);
};

/** Somebody by their id in the roster, who has to do with a handoff. */
export const personReading = (
  id: string,
  handoff: Handoff,
  roster: Roster,
  policy: Policy,
  now: Instant,
): Reader => {
  const locale = personOf(roster, id)?.locale ?? 'en';
  const { zone } = calendarOf(policy, roster, handoff.team, id);
  return {
    id,
    locale,
    zone,
    words: answerWords(locale),
    timeOf: (instant) => localTime(instant, locale, zone),
    dateOf: (instant) => dateIn(instant, locale, zone, now),
  };
};

/** With the year only where it is another one. */
const dateIn = (instant: Instant, locale: Locale, zone: string, now: Instant): string => {
  const sameYear = instant.slice(0, 4) === now.slice(0, 4);
  return new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(epochOf(instant));
};
