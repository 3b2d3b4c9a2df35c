import { hash } from 'node:crypto';
import type { Policy } from './schema.ts';

/** A policy as it is published: one text, and its name. */
export type PolicyBundle = Readonly<{
  /** SHA-256 of `json`, hexadecimal: the same policy always has the same. */
  hash: string;
  json: string;
}>;

/** Keys are sorted, so that the order in which a policy was written does not make another policy of it. */
export const bundleOf = (policy: Policy): PolicyBundle => {
  const json = JSON.stringify(policy, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return { hash: hash('sha256', json), json };
};
