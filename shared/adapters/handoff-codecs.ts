import * as v from 'valibot';
import {
  companyRepSchema,
  type HandoffStates,
  handoffSchema,
  leadHandoffsSchema,
} from '../domain/handoff.ts';
import type { StateCodec } from './dynamo-aggregates.ts';

/** How the kinds of the handoff table are stored. */
export const handoffCodecs = (
  table: string,
): { [K in keyof HandoffStates]: StateCodec<HandoffStates[K]> } => ({
  handoff: { table, parse: (stored) => v.parse(handoffSchema, stored) },
  'lead-handoffs': { table, parse: (stored) => v.parse(leadHandoffsSchema, stored) },
  'company-rep': { table, parse: (stored) => v.parse(companyRepSchema, stored) },
});
