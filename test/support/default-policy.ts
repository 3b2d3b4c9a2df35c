import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parse } from 'yaml';
import { type Policy, type PolicySourceText, policySourceSchema } from '../../shared/policy/schema.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';

const file = new URL('../../shared/policy/default/policy.yaml', import.meta.url);

/** The default policy as it would be published, but without texts and with few domains of mailboxes. */
export const defaultPolicy = (overrides: Partial<PolicySourceText> = {}): Policy => ({
  ...v.parse(policySourceSchema, { ...source(), ...overrides }),
  format: 1,
  texts: {},
  domains: { free: 'gmail.com gmx.de outlook.com web.de', disposable: 'mailinator.com', own: {} },
});

/** The same, with a name and a number. */
export const publishedDefaultPolicy = (overrides: Partial<PolicySourceText> = {}): PublishedPolicy => ({
  hash: 'default',
  sequence: 1,
  policy: defaultPolicy(overrides),
});

const source = (): Record<string, unknown> => parse(readFileSync(file, 'utf8'));
