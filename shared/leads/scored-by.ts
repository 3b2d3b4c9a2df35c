import type { DecidingPolicy } from '../domain/decided-with.ts';
import { scoringKey } from '../domain/fold/scoring-index.ts';
import type { Lead } from '../domain/lead.ts';
import { refoldLead } from '../domain/refold-lead.ts';
import { wholeSpan } from '../domain/timeline.ts';
import type { LeadStore, LoadedLead, PolicySource } from '../ports.ts';
import { policyOfLead } from './policy-of-lead.ts';

/** A lead, and the policy that scores it: what it adds up to is by that. */
export type ScoredLead = Readonly<{
  lead: Lead | undefined;
  policy: DecidingPolicy;
  /** The same, or a newer one that the lead waits for. */
  inForce: DecidingPolicy;
}>;

/** Longer timelines are not looked at anew in passing; they wait until the policy is applied to all leads. */
export const longestInPassing = 200;

/** A loaded lead under the policy in force: looked at anew if that scores otherwise than the one before. */
export const makeScoredBy =
  (
    { leads, policy }: Readonly<{ leads: Pick<LeadStore, 'timeline'>; policy: PolicySource }>,
    longest = longestInPassing,
  ) =>
  async (leadId: string, loaded: LoadedLead): Promise<ScoredLead> => {
    const { state: lead } = loaded;
    const inForce = await policy.current(lead?.policy.sequence);
    if (lead === undefined || lead.policy.scoring === scoringKey(inForce.policy))
      return { lead, policy: inForce, inForce };
    if (lead.count > longest) return { lead, policy: await policyOfLead(policy, lead, inForce), inForce };
    const timeline = await leads.timeline(leadId, loaded, wholeSpan);
    return { lead: refoldLead(lead, timeline, inForce), policy: inForce, inForce };
  };
