import type { DecidingPolicy } from '../domain/decided-with.ts';
import { scoringKey } from '../domain/fold/scoring-index.ts';
import type { Lead } from '../domain/lead.ts';
import type { PolicySource, PublishedPolicy } from '../ports.ts';

/**
 * The policy by which a lead is scored as it is: the one in force, or the one that it was last decided with if that
 * scores otherwise.
 */
export const policyOfLead = async (
  policies: Pick<PolicySource, 'published'>,
  lead: Pick<Lead, 'policy'> | undefined,
  inForce: PublishedPolicy,
): Promise<DecidingPolicy> => {
  if (lead === undefined || lead.policy.scoring === scoringKey(inForce.policy)) return inForce;
  const { hash, sequence } = lead.policy;
  return { hash, sequence, policy: await policies.published(hash) };
};
