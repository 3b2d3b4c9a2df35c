import { Temporal } from 'temporal-polyfill';
import type { NotCounted } from '../../../shared/domain/judged-timeline.ts';
import type { Missing, MqlStanding } from '../../../shared/domain/mql-standing.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** `2026-11-02 09:00`, in the policy's zone. */
export const when = (instant: Instant, zone: string): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');

export const notCountedWords: Readonly<Record<NotCounted, string>> = {
  held: 'held',
  voided: 'voided',
  'before-the-cut-off': 'before the cut-off',
  'no-rule': 'no rule',
  'no-points': 'its rule gives no points',
  'another-of-the-day': 'another of the day',
  'another-of-the-week': 'another of the week',
  'another-of-the-month': 'another of the month',
  'asset-counted-already': 'this asset was counted before',
  'enough-assets': 'its rule counts the first 16 assets',
  'counted-once-for-ever': 'its rule counts once',
};

/** A sentence for each thing that keeps a lead from being an MQL. */
export const missingSentence = (missing: Missing, zone: string): string => {
  switch (missing.type) {
    case 'excluded':
      return `Excluded by the policy: ${missing.by}.`;
    case 'unserved':
      return `Lives where nobody is served: ${missing.country}.`;
    case 'ended':
      return `It is ${missing.stage}: only asking to talk brings it back.`;
    case 'resting':
      return `It rests until ${when(missing.until, zone)}; asking to talk ends the rest.`;
    case 'activation':
      return `Its history is enough since ${when(missing.since, zone)}, and waits for a person to let it go on.`;
    case 'surge':
      return `It qualifies, and came with many others at once: held back since ${when(missing.since, zone)}, until baton surge release lets it go on or it shows new interest.`;
    case 'address':
      return 'Its address is not known.';
    case 'engagement':
    case 'fit':
      return `Minimum ${missing.type}: ${missing.needs - missing.has} points are missing (${missing.has} of ${missing.needs}).`;
    case 'score':
      return `Score: ${missing.needs - missing.has} points are missing (${missing.has} of ${missing.needs}).`;
  }
};

const mqlWords = {
  asked: 'it asked to talk',
  interest: 'interest and fit reach the criteria',
  person: 'somebody promoted it',
} as const;

/** Whether the lead is an MQL and why, in sentences. */
export const standingSentences = (standing: MqlStanding, zone: string): readonly string[] => {
  switch (standing.is) {
    case 'beyond':
      return [`It is further than an MQL: ${standing.stage}.`];
    case 'mql':
      return [`It is an MQL because ${mqlWords[standing.by]}; ${standing.hot ? 'hot' : 'not hot'}.`];
    case 'not-yet':
      return standing.missing.length === 0
        ? [
            'Nothing is missing: its next engagement that earns points, or change of its profile, makes it an MQL.',
          ]
        : standing.missing.map((missing) => missingSentence(missing, zone));
  }
};
