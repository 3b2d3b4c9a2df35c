import { exitReason } from '../../shared/domain/campaign-exit.ts';
import type { CampaignFact } from '../../shared/domain/campaign-starts.ts';
import { exit } from '../../shared/domain/enrolment.ts';
import type { LeadOutline } from '../../shared/domain/lead-view.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Campaign } from '../../shared/policy/schema.ts';
import type { Aggregates } from '../../shared/ports.ts';
import { bothChanges, type Decided, nothing } from './both-changes.ts';

type Leaving = Readonly<{
  name: string;
  /** Undefined: no longer in the policy. */
  campaign: Campaign | undefined;
  leadId: string;
  lead: LeadOutline | undefined;
  fact: CampaignFact;
  now: Instant;
}>;

/** Ends the lead's active enrolment in a campaign if there is a reason to. */
export const leaveCampaign = async (
  nurture: Aggregates<NurtureStates>,
  { name, campaign, leadId, lead, fact, now }: Leaving,
): Promise<Decided> => {
  const mailbox = await nurture.load('mailbox', leadId);
  const entry = mailbox.state?.enrolments[name];
  if (mailbox.state === undefined || !entry?.active) return nothing;
  const enrolment = await nurture.load('enrolment', entry.id);
  if (enrolment.state === undefined) return nothing;
  // A contact belongs to the enrolments there were then: one of a later round is not ended by an old fact.
  const contacted = fact.type === 'HandoffContacted' && fact.at >= enrolment.state.enrolledAt;
  const reason = campaign === undefined ? 'not-in-policy' : exitReason(campaign, lead, contacted);
  if (reason === undefined) return nothing;
  const left = exit({ enrolment: enrolment.state, mailbox: mailbox.state }, reason, now);
  return left === undefined ? nothing : bothChanges({ enrolment, mailbox }, left);
};
