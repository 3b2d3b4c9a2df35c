import { aboutOf, type CampaignFact } from '../../shared/domain/campaign-starts.ts';
import { emptyMailbox, enrol, enrolmentIdOf } from '../../shared/domain/enrolment.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Campaign } from '../../shared/policy/schema.ts';
import type { Aggregates } from '../../shared/ports.ts';
import { bothChanges, type Decided, nothing } from './both-changes.ts';
import { MergeUnderWayError } from './merge-under-way-error.ts';

type Entering = Readonly<{
  name: string;
  campaign: Campaign;
  leadId: string;
  fact: CampaignFact;
  now: Instant;
}>;

/** A new enrolment, unless this fact has made one before or the lead may not enter. */
export const enterCampaign = async (
  nurture: Aggregates<NurtureStates>,
  { name, campaign, leadId, fact, now }: Entering,
): Promise<Decided> => {
  const id = enrolmentIdOf(fact.factId, name);
  const enrolment = await nurture.load('enrolment', id);
  if (enrolment.state !== undefined) return nothing;
  const mailbox = await nurture.load('mailbox', leadId);
  if (mailbox.state?.mergedInto !== undefined) throw new MergeUnderWayError(`${leadId} was merged`);
  const entry = { id, leadId, campaign: name, about: aboutOf(fact) };
  const entered = enrol(mailbox.state ?? emptyMailbox, campaign, entry, now);
  return entered === undefined ? nothing : bothChanges({ enrolment, mailbox }, entered);
};
