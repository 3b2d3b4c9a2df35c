import type { Policy } from '../policy/schema.ts';
import { scoringKey } from './fold/scoring-index.ts';
import type { DecidedWith } from './lead.ts';

/** A policy that was published, and which one it is. */
export type DecidingPolicy = Readonly<{ hash: string; sequence: number; policy: Policy }>;

/** Mostly one policy decides for all leads. */
let latest: Readonly<{ by: DecidingPolicy; remembered: DecidedWith }> | undefined;

/** What a lead remembers of the policy by which it was decided. */
export const decidedWith = (by: DecidingPolicy): DecidedWith => {
  if (latest?.by !== by) {
    const { hash, sequence, policy } = by;
    latest = { by, remembered: { hash, sequence, scoring: scoringKey(policy) } };
  }
  return latest.remembered;
};
