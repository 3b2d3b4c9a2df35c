import * as v from 'valibot';
import { addressSchema, enrolmentSchema, mailboxSchema, type NurtureStates } from '../domain/nurture.ts';
import type { StateCodec } from './dynamo-aggregates.ts';

/** The nurture table's items, parsed as they are loaded. */
export const nurtureCodecs = (
  table: string,
): { readonly [K in keyof NurtureStates]: StateCodec<NurtureStates[K]> } => ({
  enrolment: { table, parse: (stored) => v.parse(enrolmentSchema, stored) },
  address: { table, parse: (stored) => v.parse(addressSchema, stored) },
  mailbox: { table, parse: (stored) => v.parse(mailboxSchema, stored) },
});
