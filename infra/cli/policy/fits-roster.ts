import type { Roster } from '../../../shared/domain/roster.ts';
import type { PolicyProblem } from '../../../shared/policy/policy-problem.ts';
import type { Policy } from '../../../shared/policy/schema.ts';

/** What of a policy does not fit those who work in sales: teams that nobody knows, calendars that somebody works by. */
export const problemsWithRoster = (
  { routing, calendars }: Pick<Policy, 'routing' | 'calendars'>,
  { teams, people }: Roster,
): readonly PolicyProblem[] => {
  const known = new Set(teams.map(({ name }) => name));
  const workedBy = new Set([...teams, ...people].flatMap(({ calendar }) => calendar ?? []));
  return [
    ...routing.flatMap(({ to }, i) =>
      to.type === 'team' && !known.has(to.team)
        ? [
            {
              path: ['routing', i, 'to', 'team'],
              message: `is ${to.team}, which is no team of the roster: known are ${[...known].join(', ')}`,
            },
          ]
        : [],
    ),
    ...[...workedBy].flatMap((name) =>
      calendars[name] === undefined
        ? [{ path: ['calendars'], message: `has no ${name}, but people of the roster work by it` }]
        : [],
    ),
  ];
};
