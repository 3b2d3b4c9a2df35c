import * as v from 'valibot';
import { locales } from './locale.ts';

/** Somebody in sales: reps and managers alike. */
const person = v.object({
  id: v.string(),
  name: v.string(),
  email: v.string(),
  locale: v.picklist(locales),
  /** Name of a calendar of the policy; absent: the team's. */
  calendar: v.optional(v.string()),
  /** How many open handoffs they can hold; 0: none (managers). */
  capacity: v.number(),
  /** Half-open intervals of absence, instants. */
  away: v.array(v.object({ from: v.string(), until: v.string() })),
});
export type Person = Readonly<v.InferOutput<typeof person>>;

const team = v.object({
  name: v.string(),
  members: v.array(v.string()),
  manager: v.string(),
  nextManager: v.string(),
  /** Name of a calendar of the policy. */
  calendar: v.string(),
});
export type Team = Readonly<v.InferOutput<typeof team>>;

/** Who works in sales: data that changes daily, never part of the policy. */
export const rosterSchema = v.object({ people: v.array(person), teams: v.array(team) });
export type Roster = Readonly<v.InferOutput<typeof rosterSchema>>;

/** Open handoffs by person, one item per team, changed in the transaction that opens, reassigns or closes. */
export const teamLoadsSchema = v.object({ loads: v.record(v.string(), v.number()) });
export type TeamLoads = Readonly<v.InferOutput<typeof teamLoadsSchema>>;

/** The roster table, by kind. The roster itself has the id `current`; loads have their team's name. */
export type RosterStates = { roster: Roster; 'team-loads': TeamLoads };

export const personOf = (roster: Roster, id: string | undefined): Person | undefined =>
  roster.people.find((person) => person.id === id);

export const teamOf = (roster: Roster, name: string | undefined): Team | undefined =>
  roster.teams.find((team) => team.name === name);
