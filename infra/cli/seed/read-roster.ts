import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { personOf, type Roster, rosterSchema } from '../../../shared/domain/roster.ts';
import { placedYaml } from '../../../shared/policy/placed-yaml.ts';
import { InvalidPolicyError, type PolicyProblem } from '../../../shared/policy/policy-problem.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { checkPeople } from '../roster/check-people.ts';
import { placedCsv } from '../roster/placed-csv.ts';

export const shippedRoster = fileURLToPath(new URL('roster.yaml', import.meta.url));

const rosterFile = v.object({
  ...rosterSchema.entries,
  people: v.array(
    v.object({
      ...rosterSchema.entries.people.item.entries,
      away: v.optional(rosterSchema.entries.people.item.entries.away),
    }),
  ),
});
/** A roster as it is written. Whoever has no `away` keeps the absences that are known. */
export type RosterFile = Readonly<v.InferOutput<typeof rosterFile>>;

/**
 * Reads a roster, YAML or CSV (by the name of the file), that fits the policy.
 * @throws InvalidPolicyError with each name that nobody bears, and its place.
 */
export const readRosterFile = async (policy: Policy, file: string): Promise<RosterFile> => {
  const source = file.endsWith('.csv')
    ? await placedCsv(file)
    : placedYaml(await readFile(file, 'utf8'), file);
  if (source.problems.length > 0) throw new InvalidPolicyError(source.problems);
  const read = v.safeParse(rosterFile, source.value);
  if (!read.success) {
    const problems = read.issues.map((issue) =>
      source.place(
        (issue.path ?? []).flatMap(({ key }) =>
          typeof key === 'string' || typeof key === 'number' ? [key] : [],
        ),
        `is ${issue.received}, but ${issue.expected} is expected`,
      ),
    );
    throw new InvalidPolicyError(problems);
  }
  const roster = rosterFrom(read.output, undefined);
  const problems = [...checkPeople(roster), ...checkRoster(roster, policy)].map(({ path, message }) =>
    source.place(path, message),
  );
  if (problems.length > 0) throw new InvalidPolicyError(problems);
  return read.output;
};

/** The absences of `current` go with it. */
export const rosterFrom = ({ people, teams }: RosterFile, current: Roster | undefined): Roster => ({
  people: people.map((person) => ({
    ...person,
    away: person.away ?? (current === undefined ? [] : (personOf(current, person.id)?.away ?? [])),
  })),
  teams,
});

/** Nobody is away who was not said to be. @throws InvalidPolicyError */
export const readRoster = async (policy: Policy, file = shippedRoster): Promise<Roster> =>
  rosterFrom(await readRosterFile(policy, file), undefined);

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
