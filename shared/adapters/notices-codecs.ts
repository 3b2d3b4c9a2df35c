import * as v from 'valibot';
import { digestSchema, lateHandoffSchema, type NoticeStates, toldSchema } from '../domain/notices.ts';
import type { StateCodec } from './dynamo-aggregates.ts';

/** The notice table's items, parsed as they are loaded. */
export const noticesCodecs = (
  table: string,
): { readonly [K in keyof NoticeStates]: StateCodec<NoticeStates[K]> } => ({
  notice: { table, parse: (stored) => v.parse(toldSchema, stored) },
  digest: { table, parse: (stored) => v.parse(digestSchema, stored) },
  'late-handoff': { table, parse: (stored) => v.parse(lateHandoffSchema, stored) },
});
