import { isAway } from '../../../shared/domain/holder-choice.ts';
import { localTimeIn } from '../../../shared/domain/local-time.ts';
import { type Person, personOf, type Roster, type Team } from '../../../shared/domain/roster.ts';
import { zoneOf } from '../../../shared/domain/staff.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { table } from '../replay/tables.ts';

type Loads = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Team by team: who takes leads, how many they hold, who is away until when, and who is told. */
export const describeRoster = (roster: Roster, policy: Policy, loads: Loads, now: Instant): string =>
  roster.teams.map((team) => describeTeam(team, roster, policy, loads[team.name] ?? {}, now)).join('\n\n');

const describeTeam = (
  team: Team,
  roster: Roster,
  policy: Policy,
  loads: Readonly<Record<string, number>>,
  now: Instant,
): string => {
  const nameOf = (id: string) => personOf(roster, id)?.name ?? id;
  const rows = team.members.flatMap((id) => {
    const person = personOf(roster, id);
    return person === undefined
      ? []
      : [
          [
            id,
            person.name,
            whereabouts(person, roster, policy, now),
            `${loads[id] ?? 0} of ${person.capacity}`,
          ],
        ];
  });
  return `${team.name} (calendar ${team.calendar}); late leads are told to ${nameOf(team.manager)}, then ${nameOf(team.nextManager)}
${table(['id', 'name', 'absence', 'holds'], rows, 3)}`;
};

const whereabouts = (person: Person, roster: Roster, policy: Policy, now: Instant): string => {
  const [next] = person.away
    .filter(({ until }) => until > now)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (next === undefined) return '';
  const zone = zoneOf(person, roster, policy);
  return isAway(person, now)
    ? `away, back ${localTimeIn(next.until, 'en', zone)}`
    : `from ${localTimeIn(next.from, 'en', zone)}`;
};
