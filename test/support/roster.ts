import type { Person, Roster, Team } from '../../shared/domain/roster.ts';

export const aPerson = (id: string, overrides: Partial<Person> = {}): Person => ({
  id,
  name: `Name of ${id}`,
  email: `${id}@sales.example`,
  locale: 'en',
  capacity: 15,
  away: [],
  ...overrides,
});

export const aTeam = (name: string, members: string[], overrides: Partial<Team> = {}): Team => ({
  name,
  members,
  manager: `manager-${name}`,
  nextManager: 'head-of-sales',
  calendar: 'dach',
  ...overrides,
});

/** Three teams, as the default policy's routes name them; `away` and `people` change somebody by their id. */
export const aRoster = (people: Readonly<Record<string, Partial<Person>>> = {}): Roster => {
  const teams = [
    aTeam('dach', ['anna', 'ben', 'carla']),
    aTeam('international', ['ian', 'jane'], { calendar: 'uk' }),
    aTeam('enterprise', ['eve']),
  ];
  const managers = [...teams.map(({ manager }) => manager), 'head-of-sales'];
  return {
    teams,
    people: [
      ...teams.flatMap(({ members }) => members).map((id) => aPerson(id, people[id])),
      ...managers.map((id) => aPerson(id, { capacity: 0, ...people[id] })),
    ],
  };
};
