import type { Roster } from '../domain/roster.ts';
import type { PolicyProblem } from '../policy/policy-problem.ts';
import type { Policy } from '../policy/schema.ts';

/** Everybody a team names exists, every calendar is the policy's, and every team of a route has somebody to take leads. */
export const checkRoster = (
  { people, teams }: Roster,
  { calendars, routing }: Policy,
): readonly PolicyProblem[] => {
  const known = new Map(people.map((person) => [person.id, person]));
  const unknownCalendar = (name: string | undefined) => name !== undefined && calendars[name] === undefined;
  return [
    ...people.flatMap(({ calendar }, i) =>
      unknownCalendar(calendar)
        ? [{ path: ['people', i, 'calendar'], message: 'names no calendar of the policy' }]
        : [],
    ),
    ...teams.flatMap((team, i) => [
      ...(unknownCalendar(team.calendar)
        ? [{ path: ['teams', i, 'calendar'], message: 'names no calendar of the policy' }]
        : []),
      ...team.members.flatMap((id, j) =>
        known.has(id) ? [] : [{ path: ['teams', i, 'members', j], message: 'names nobody of the roster' }],
      ),
      ...(['manager', 'nextManager'] as const).flatMap((role) =>
        known.has(team[role]) ? [] : [{ path: ['teams', i, role], message: 'names nobody of the roster' }],
      ),
      ...(team.members.some((id) => (known.get(id)?.capacity ?? 0) > 0)
        ? []
        : [{ path: ['teams', i, 'members'], message: 'has nobody who can hold a lead (capacity above 0)' }]),
    ]),
    ...routing.flatMap(({ name, to }) =>
      to.type === 'team' && !teams.some((team) => team.name === to.team)
        ? [{ path: ['teams'], message: `has no team ${to.team}, but the policy's route ${name} leads to it` }]
        : [],
    ),
  ];
};
