import type { Policy } from '../policy/schema.ts';
import { scoringKey } from './fold/scoring-index.ts';
import type { DecidedWith } from './lead.ts';

/** A policy that was published, and which one it is. */
export type DecidingPolicy = Readonly<{ hash: string; sequence: number; policy: Policy }>;

/** What a lead remembers of the policy by which it was decided. */
export const decidedWith = ({ hash, sequence, policy }: DecidingPolicy): DecidedWith => ({
  hash,
  sequence,
  scoring: scoringKey(policy),
});
