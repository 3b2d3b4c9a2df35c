import { decideAndCommit } from '../../shared/commit.ts';
import { exitReason } from '../../shared/domain/campaign-exit.ts';
import { type CampaignFact, campaignsStartedBy } from '../../shared/domain/campaign-starts.ts';
import type { LeadOutline } from '../../shared/domain/lead-view.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { isMergeUnderWay } from '../../shared/leads/merge-under-way.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import type { Aggregates, Clock, LeadReader, PolicySource } from '../../shared/ports.ts';
import { enterCampaign } from './enter-campaign.ts';
import { leaveCampaign } from './leave-campaign.ts';
import { mergeNurture } from './merge-nurture.ts';
import { MergeUnderWayError } from './merge-under-way-error.ts';

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
 * Leaving follows what is true now: the fact is only the occasion to look. What is about a lead that was merged is about
 * the other one.
 * @throws MergeUnderWayError if that is known, but not done here yet.
 */
export const makeEnrollNurture =
  ({ nurture, leads, policy, clock }: EnrollNurtureDeps) =>
  async (fact: CampaignFact): Promise<EnrollNurtureOutcome> => {
    const now = clock.now();
    const published = await policy.current();
    const lead = await leads.view(fact.leadId, published, now);
    const leadId = lead?.leadId ?? fact.leadId;
    if (fact.type === 'LeadMerged') await mergeNurture(nurture, fact, leadId, now);
    if (await isMergeUnderWay(nurture, lead?.absorbed))
      throw new MergeUnderWayError(`a lead is being merged into ${leadId}`);
    const occasion = { nurture, policy: published.policy, leadId, fact, now };
    const left = await leaveCampaigns(occasion, lead);
    return { entered: lead === undefined ? [] : await enterCampaigns(occasion, lead), left };
  };

type Occasion = Readonly<{
  nurture: Aggregates<NurtureStates>;
  policy: Policy;
  leadId: string;
  fact: CampaignFact;
  now: Instant;
}>;

const leaveCampaigns = async (
  { nurture, policy: { campaigns }, leadId, fact, now }: Occasion,
  lead: LeadOutline | undefined,
): Promise<readonly string[]> => {
  const mailbox = await nurture.load('mailbox', leadId);
  const left: string[] = [];
  for (const [name, { active }] of Object.entries(mailbox.state?.enrolments ?? {})) {
    if (!active) continue;
    const leaving = { name, campaign: campaigns[name], leadId, lead, fact, now };
    if (await decideAndCommit(nurture, () => leaveCampaign(nurture, leaving))) left.push(name);
  }
  return left;
};

const enterCampaigns = async (
  { nurture, policy, leadId, fact, now }: Occasion,
  lead: LeadOutline,
): Promise<readonly string[]> => {
  const entered: string[] = [];
  for (const name of campaignsStartedBy(fact, policy, lead)) {
    const campaign = policy.campaigns[name];
    if (campaign === undefined || exitReason(campaign, lead, false) !== undefined) continue;
    const entering = { name, campaign, leadId, fact, now };
    if (await decideAndCommit(nurture, () => enterCampaign(nurture, entering))) entered.push(name);
  }
  return entered;
};
