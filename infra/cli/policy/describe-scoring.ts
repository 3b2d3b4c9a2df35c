import type { Policy, Rule } from '../../../shared/policy/schema.ts';
import { clockTime, counted, listed } from './words.ts';

/** What earns points, by category, and what the profile adds. */
export const describeScoring = ({ scoring, zone }: Policy): readonly string[] => {
  const { engagementCap, categories, rules, patterns, fit } = scoring;
  return [
    `The score is engagement (at most ${engagementCap}) plus fit (at most ${fit.cap}). Days and weeks begin in ${zone}.`,
    ...Object.entries(categories).flatMap(([name, { cap, floor, halfLife }]) => {
      const own = rules.filter(({ category }) => category === name);
      const limits = [
        ...(cap > 0 ? [`at most ${cap}`] : []),
        ...(floor < 0 ? [`no lower than ${floor}`] : []),
        `half of it is gone after ${clockTime(halfLife)}`,
      ];
      return [
        `${name} (${limits.join(', ')}):`,
        ...own.map((rule) => `  ${ruleWords(rule)}`),
        ...patterns
          .filter(({ category }) => category === name)
          .map(
            ({ label, points, within }) =>
              `  ${label.en}, within ${clockTime(within)}: ${counted(points, 'point')}, once`,
          ),
      ];
    }),
    `fit: ${listed(bandWords(scoring))}; a mailbox of one's own company ${counted(fit.mailbox.business, 'point')}, a free one ${counted(fit.mailbox.free, 'point')}, a disposable one ${counted(fit.mailbox.disposable ?? fit.mailbox.free, 'point')}.`,
  ];
};

const once: Readonly<Record<NonNullable<Rule['oncePer']>, string>> = {
  day: ', once a day',
  week: ', once a week',
  month: ', once a month',
  asset: ', once for each asset',
  ever: ', once',
};

const ruleWords = ({ label, points, oncePer, intent, when }: Rule): string =>
  `${label.en}${when.length > 0 ? ' (only some)' : ''}: ${counted(points, 'point')}${oncePer === undefined ? '' : once[oncePer]}${intent ? ', and asks to talk' : ''}`;

const bandWords = ({ fit }: Policy['scoring']): readonly string[] => [
  `segment ${Object.entries(fit.segment)
    .map(([name, points]) => `${name} ${points}`)
    .join(', ')}`,
  ...(['industry', 'role', 'region', 'ageBand'] as const).flatMap((trait) => {
    const bands = fit[trait];
    return bands === undefined
      ? []
      : `${trait === 'ageBand' ? 'age band' : trait} ${Object.entries(bands)
          .map(([name, { points }]) => `${name} ${points}`)
          .join(', ')}`;
  }),
];
