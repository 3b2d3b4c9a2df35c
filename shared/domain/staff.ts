import type { PolicyRules } from '../policy/schema.ts';
import { type Person, personOf, type Roster, type Team, teamOf } from './roster.ts';

/** Nobody in the roster could be told. Thrown, so that operators are. */
export class NobodyToTellError extends Error {
  override readonly name = 'NobodyToTellError';
}

type Places = Readonly<{ team?: string; manager?: string; nextManager?: string }>;

/**
 * The person to tell as manager: the one named, or, where the roster has changed since, those who come next.
 * @throws NobodyToTellError
 */
export const managerFor = (roster: Roster, named: string | undefined, handoff: Places): Person => {
  const team = teamOf(roster, handoff.team);
  const candidates = [named, handoff.manager, team?.manager, handoff.nextManager, team?.nextManager];
  for (const id of candidates) {
    const person = personOf(roster, id);
    if (person !== undefined) return person;
  }
  throw new NobodyToTellError('no manager of this handoff is in the roster');
};

/**
 * A rep, or in the place of one who has left the manager; an owner from outside every team stands under the first
 * team's manager, because somebody who asks must not wait in a dead-letter queue.
 * @throws NobodyToTellError
 */
export const repOrManager = (roster: Roster, rep: string, handoff: Places): Person => {
  const person = personOf(roster, rep);
  if (person !== undefined) return person;
  const places = handoff.team === undefined ? { ...handoff, team: teamFor(roster, rep)?.name } : handoff;
  return managerFor(roster, undefined, places);
};

const teamFor = (roster: Roster, person: string): Team | undefined =>
  roster.teams.find(({ members }) => members.includes(person)) ?? roster.teams[0];

/** Where somebody's clock hangs: own calendar, else the team's, else the policy's zone. */
export const zoneOf = (
  person: Person,
  roster: Roster,
  { calendars, zone }: Pick<PolicyRules, 'calendars' | 'zone'>,
): string => {
  const team = roster.teams.find(
    ({ members, manager, nextManager }) =>
      members.includes(person.id) || manager === person.id || nextManager === person.id,
  );
  const name = person.calendar ?? team?.calendar;
  return (name === undefined ? undefined : calendars[name]?.zone) ?? zone;
};
