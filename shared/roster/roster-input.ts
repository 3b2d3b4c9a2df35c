import * as v from 'valibot';
import { personOf, type Roster, rosterSchema } from '../domain/roster.ts';

const { people, teams } = rosterSchema.entries;
const { entries: person } = people.item;

/** A roster as people and other systems write it. Whoever has no `away` keeps the absences that are known. */
export const rosterInput = v.strictObject({
  people: v.array(
    v.strictObject({
      ...person,
      away: v.optional(v.array(v.strictObject(person.away.item.entries))),
    }),
  ),
  teams: v.array(v.strictObject(teams.item.entries)),
});
export type RosterInput = Readonly<v.InferOutput<typeof rosterInput>>;

/** The absences of `current` go with it. */
export const rosterFrom = (
  { people: written, teams: inTeams }: RosterInput,
  current: Roster | undefined,
): Roster => ({
  people: written.map((somebody) => ({
    ...somebody,
    away: somebody.away ?? (current === undefined ? [] : (personOf(current, somebody.id)?.away ?? [])),
  })),
  teams: inTeams,
});
