import type { DecidingPolicy } from '../../../shared/domain/decided-with.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { policyOfLead } from '../../../shared/leads/policy-of-lead.ts';
import { bundleOf } from '../../../shared/policy/policy-bundle.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { PolicySource } from '../../../shared/ports.ts';
import { eachLead, type HeadAndProfile, type LeadsDeps } from './judged-leads.ts';
import { makeLeadImpact } from './lead-impact.ts';
import { type Impact, sumImpact } from './sum-impact.ts';

export type ImpactWorld = LeadsDeps &
  Readonly<{ policy: PolicySource; now: Instant; onProgress: (message: string) => void }>;

export type ImpactReport = Impact &
  Readonly<{
    /** By which leads would be judged. */
    hash: string;
    version: string;
    /** False: it is in force, and is compared with what leads have. */
    isProposed: boolean;
    mqlPerMonth: number;
  }>;

/** What a policy would make of all leads as they are stored. Without one: what the one in force makes of those that have an older one. Changes nothing. */
export const runImpact = async (proposed: Policy | undefined, world: ImpactWorld): Promise<ImpactReport> => {
  const { policy: policies, leads, now, onProgress } = world;
  onProgress('reading policies');
  const inForce = await policies.current();
  const next: DecidingPolicy =
    proposed === undefined
      ? inForce
      : { hash: bundleOf(proposed).hash, sequence: inForce.sequence + 1, policy: proposed };
  const leadImpact = makeLeadImpact(leads, next, now);
  const before = async ({ lead }: HeadAndProfile): Promise<DecidingPolicy> => {
    if (proposed !== undefined) return policyOfLead(policies, lead, inForce);
    const { hash, sequence } = lead.policy;
    return hash === inForce.hash ? inForce : { hash, sequence, policy: await policies.published(hash) };
  };
  const impact = await sumImpact(
    eachLead(world, async (lead) => leadImpact(lead, await before(lead)), onProgress),
  );
  return {
    ...impact,
    hash: next.hash,
    version: next.policy.version,
    isProposed: proposed !== undefined,
    mqlPerMonth: next.policy.targets.mqlPerMonth,
  };
};
