import type { FactOf } from '../events/facts.ts';
import type { Campaign, Policy } from '../policy/schema.ts';
import { handoffIdOf } from './handoff-id.ts';
import type { LeadOutline } from './lead-view.ts';
import type { Enrolment } from './nurture.ts';

/** Facts that start campaigns, or end them. */
export type CampaignFact = FactOf<
  | 'LeadStageChanged'
  | 'LeadEngaged'
  | 'LeadAskedToTalk'
  | 'HandoffOpened'
  | 'HandoffContacted'
  | 'ConsentChanged'
  | 'LeadMerged'
>;

/** Names of the campaigns that a fact starts by itself; whether this lead may enter them is decided next. */
export const campaignsStartedBy = (
  fact: CampaignFact,
  policy: Pick<Policy, 'campaigns' | 'scoring'>,
  lead: LeadOutline,
): readonly string[] =>
  Object.entries(policy.campaigns)
    .filter(([, campaign]) => starts(fact, campaign))
    .filter(([, campaign]) => !(campaign.unlessIntent && beganWithIntent(fact, policy, lead)))
    .map(([name]) => name);

const starts = (fact: CampaignFact, { start }: Campaign): boolean => {
  switch (start.on) {
    case 'stage':
      return fact.type === 'LeadStageChanged' && fact.to === start.stage && fact.imported !== true;
    case 'engagement':
      return fact.type === 'LeadEngaged' && start.kind.includes(fact.kind);
    case 'asked-to-talk':
      return fact.type === 'LeadAskedToTalk';
    case 'consent-requested':
      return fact.type === 'ConsentChanged' && fact.marketing === 'requested';
    case 'not-handed-off':
      // Whom its owner looks after is no lead for a series that begins with nobody.
      return fact.type === 'HandoffOpened' && fact.none !== undefined && fact.told === undefined;
  }
};

const beganWithIntent = (
  fact: CampaignFact,
  { scoring }: Pick<Policy, 'scoring'>,
  lead: LeadOutline,
): boolean => {
  switch (fact.type) {
    case 'LeadStageChanged':
      return fact.asked !== undefined;
    case 'LeadAskedToTalk':
      return true;
    case 'LeadEngaged':
      return scoring.rules.some(({ intent, kind }) => intent && kind.includes(fact.kind));
    // It does not say what made the lead an MQL.
    case 'HandoffOpened':
      return lead.asked !== undefined;
    case 'HandoffContacted':
    case 'ConsentChanged':
    case 'LeadMerged':
      return false;
  }
};

/** What mails of an enrolment with this cause are about. */
export const aboutOf = (fact: CampaignFact): Enrolment['about'] => {
  switch (fact.type) {
    case 'LeadAskedToTalk':
      return {
        engagementId: fact.engagementId,
        handoffId: handoffIdOf(fact.leadId, fact.engagementId),
      };
    case 'LeadEngaged':
      return { engagementId: fact.engagementId };
    case 'HandoffOpened':
    case 'HandoffContacted':
      return { handoffId: fact.handoffId };
    case 'LeadStageChanged':
    case 'ConsentChanged':
    case 'LeadMerged':
      return {};
  }
};
