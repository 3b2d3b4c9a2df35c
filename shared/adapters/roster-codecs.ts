import * as v from 'valibot';
import { type RosterStates, rosterSchema, teamLoadsSchema } from '../domain/roster.ts';
import type { StateCodec } from './dynamo-aggregates.ts';

/** How the kinds of the roster table are stored. */
export const rosterCodecs = (table: string): { [K in keyof RosterStates]: StateCodec<RosterStates[K]> } => ({
  roster: { table, parse: (stored) => v.parse(rosterSchema, stored) },
  'team-loads': { table, parse: (stored) => v.parse(teamLoadsSchema, stored) },
});
