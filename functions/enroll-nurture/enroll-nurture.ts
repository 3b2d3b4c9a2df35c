import { decideAndCommit } from '../../shared/commit.ts';
import { exitReason } from '../../shared/domain/campaign-exit.ts';
import { type CampaignFact, campaignsStartedBy } from '../../shared/domain/campaign-starts.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import type { Aggregates, Clock, LeadReader, PolicySource } from '../../shared/ports.ts';
import { enterCampaign } from './enter-campaign.ts';
import { leaveCampaign } from './leave-campaign.ts';

export type EnrollNurtureDeps = Readonly<{
  nurture: Aggregates<NurtureStates>;
  leads: LeadReader;
  policy: PolicySource;
  clock: Clock;
}>;

/** Names of campaigns. */
export type EnrollNurtureOutcome = Readonly<{ entered: readonly string[]; left: readonly string[] }>;

/**
 * Which campaigns a lead leaves and enters because of a fact. Entering follows the fact itself, however old it is, once.
 * Leaving follows what is true now: the fact is only the occasion to look.
 */
export const makeEnrollNurture =
  ({ nurture, leads, policy, clock }: EnrollNurtureDeps) =>
  async (fact: CampaignFact): Promise<EnrollNurtureOutcome> => {
    const now = clock.now();
    const published = await policy.current();
    const { campaigns } = published.policy;
    const lead = await leads.view(fact.leadId, published, now);
    const mailbox = await nurture.load('mailbox', fact.leadId);

    const left: string[] = [];
    for (const [name, { active }] of Object.entries(mailbox.state?.enrolments ?? {})) {
      if (!active) continue;
      const leaving = { name, campaign: campaigns[name], lead, fact, now };
      if (await decideAndCommit(nurture, () => leaveCampaign(nurture, leaving))) left.push(name);
    }
    if (lead === undefined) return { entered: [], left };

    const entered: string[] = [];
    for (const name of campaignsStartedBy(fact, published.policy, lead)) {
      const campaign = campaigns[name];
      if (campaign === undefined || exitReason(campaign, lead, false) !== undefined) continue;
      const entering = { name, campaign, fact, now };
      if (await decideAndCommit(nurture, () => enterCampaign(nurture, entering))) entered.push(name);
    }
    return { entered, left };
  };
