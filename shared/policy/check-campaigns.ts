import { problemIf, unknownName } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules } from './schema.ts';

/** Mail rules and campaigns fit together. Whether their texts exist is seen when the policy is compiled. */
export const checkCampaigns = ({
  mail,
  campaigns,
  calendars,
  scoring,
}: PolicyRules): readonly PolicyProblem[] => {
  const kinds = new Set(scoring.rules.flatMap(({ kind }) => kind));
  return [
    ...unknownName(
      ['mail', 'window', 'calendar'],
      mail.window.calendar,
      new Set(Object.keys(calendars)),
      'calendar',
    ),
    ...problemIf(mail.window.from >= mail.window.to, ['mail', 'window', 'to'], 'must be later than from'),
    ...problemIf(
      mail.window.days.length === 0,
      ['mail', 'window', 'days'],
      'is empty: no mail would ever leave',
    ),
    ...problemIf(
      mail.zones.default === undefined,
      ['mail', 'zones'],
      'needs default: unknown never means any hour',
    ),
    ...problemIf(mail.consent.default === undefined, ['mail', 'consent'], 'needs default'),
    ...problemIf(mail.cap.per24h < 1, ['mail', 'cap', 'per24h'], 'must be at least 1'),
    ...problemIf(mail.cap.per7d < mail.cap.per24h, ['mail', 'cap', 'per7d'], 'must not be below per24h'),
    ...Object.entries(campaigns).flatMap(([name, { start, steps, stream, exitAt }]) => {
      const path = ['campaigns', name];
      return [
        ...(start.on === 'engagement'
          ? start.kind.flatMap((kind) =>
              unknownName([...path, 'start', 'kind'], kind, kinds, 'kind that a rule scores'),
            )
          : []),
        ...problemIf(steps.length === 0, [...path, 'steps'], 'is empty'),
        ...problemIf(
          stream === 'marketing' && !exitAt.includes('sql'),
          [...path, 'exitAt'],
          'must hold sql: nothing from marketing once somebody wants to buy',
        ),
        ...steps.flatMap(({ after }, i) =>
          problemIf(
            after < (steps[i - 1]?.after ?? 0),
            [...path, 'steps', i, 'after'],
            'is earlier than the step before it: times count from the start of the campaign',
          ),
        ),
      ];
    }),
  ];
};
