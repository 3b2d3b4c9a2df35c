import * as v from 'valibot';
import { handoffJourneySchema, type JourneyStates, leadJourneySchema } from '../domain/journey.ts';
import type { StateCodec } from './dynamo-aggregates.ts';

/** The journey table's items, parsed as they are loaded. */
export const journeysCodecs = (
  table: string,
): { readonly [K in keyof JourneyStates]: StateCodec<JourneyStates[K]> } => ({
  'lead-journey': { table, parse: (stored) => v.parse(leadJourneySchema, stored) },
  'handoff-journey': { table, parse: (stored) => v.parse(handoffJourneySchema, stored) },
});
