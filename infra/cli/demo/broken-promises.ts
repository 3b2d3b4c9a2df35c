import { decidedTiers, mustBeBreached } from './accept-deadline.ts';
import type { Figures } from './figures.ts';
import type { Fed, Snapshot } from './snapshot.ts';

/** What a run must have besides what all runs must have. */
export type Expected = Readonly<{
  /** Marketing mails must have reached leads in both languages (or nobody, where no lead has an address). */
  marketing: 'both-languages' | 'none';
  /** How the policy names the tier that breaches. */
  breachTier: string;
}>;

/** One sentence for each promise that a run broke; none if all were kept. */
export const brokenPromises = (
  figures: Figures,
  snapshot: Snapshot,
  fed: Fed,
  expected: Expected,
): readonly string[] => [
  ...when(figures.events.lost > 0, `${figures.events.lost} events are in no lead's timeline.`),
  ...when(
    figures.events.scored + figures.events.lost > figures.events.distinct,
    `${figures.events.scored + figures.events.lost - figures.events.distinct} events were scored more than once.`,
  ),
  ...Object.entries(snapshot.deadLetters).flatMap(([queue, count]) =>
    when(count > 0, `${count} messages are in ${queue}.`),
  ),
  ...when(
    figures.events.rejected !== fed.rejectable,
    `${figures.events.rejected} events were rejected instead of ${fed.rejectable} (${codesOf(snapshot)}).`,
  ),
  ...breachPromises(snapshot, expected.breachTier),
  ...marketingPromises(figures, expected),
  ...when(figures.handoffs.opened > 0 && figures.mails.internal === 0, 'No alert reached anybody in sales.'),
];

const breachPromises = ({ handoffs, now }: Snapshot, breachTier: string): readonly string[] => {
  const breaches = handoffs.map((handoff) => ({
    expected: mustBeBreached(handoff, now) ? 1 : 0,
    decided: decidedTiers(handoff).filter((tier) => tier === breachTier).length,
  }));
  const missing = breaches.filter(({ expected, decided }) => decided < expected).length;
  const tooMany = breaches.filter(({ expected, decided }) => decided > expected).length;
  return [
    ...when(missing > 0, `${missing} handoffs passed their accept deadline without a breach.`),
    ...when(tooMany > 0, `${tooMany} handoffs have a breach of the accept deadline that should not be.`),
  ];
};

const marketingPromises = ({ mails }: Figures, { marketing }: Expected): readonly string[] => {
  const { en, de } = mails.marketing;
  if (marketing === 'none')
    return when(en + de > 0, `${en + de} marketing mails were sent though no lead has an address.`);
  return [
    ...when(en === 0, 'No marketing mail in English was sent.'),
    ...when(de === 0, 'No marketing mail in German was sent.'),
  ];
};

const codesOf = ({ rejected }: Snapshot): string =>
  [...new Set(rejected.map(({ code }) => code))].join(', ') || 'none';

const when = (broken: boolean, sentence: string): readonly string[] => (broken ? [sentence] : []);
