import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import { policySourceSchema } from './schema.ts';

/**
 * What editors complete and check while a policy is written: JSON Schema 2020-12 of `policy.yaml`. It sees fields and
 * values; whether they fit together is for `baton policy check` to say.
 */
export const policyJsonSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...toJsonSchema(policySourceSchema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    // Time zones, countries and days are looked up, which no schema can do.
    errorMode: 'ignore',
  }),
  title: 'A policy of Baton',
});
