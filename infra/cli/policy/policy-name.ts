import type { Policy } from '../../../shared/policy/schema.ts';

/** `2026-11-01 (1a2b3c4d5e6f)`; a policy whose bundle is gone has only its hash. */
export const policyName = (hash: string, policy: Pick<Policy, 'version'> | undefined): string =>
  policy === undefined ? shortHash(hash) : `${policy.version} (${shortHash(hash)})`;

export const shortHash = (hash: string): string => hash.slice(0, 12);
