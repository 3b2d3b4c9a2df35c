import { wholeSpan } from '../domain/timeline.ts';
import type { WholeLead } from '../domain/whole-lead.ts';
import type { LeadRecords, LeadStore } from '../ports.ts';
import { makeFollowMerges } from './follow-merges.ts';

export type WholeLeadDeps = Readonly<{
  leads: Pick<LeadStore, 'load' | 'timeline'>;
  records: Pick<LeadRecords, 'load'>;
}>;

/** `leadId`: whom the lead that was named is now. */
export type FoundLead = WholeLead & Readonly<{ leadId: string }>;

/** Undefined: no such lead. Strongly consistent. */
export const loadWholeLead =
  ({ leads, records }: WholeLeadDeps) =>
  async (named: string): Promise<FoundLead | undefined> => {
    const { leadId, loaded } = await makeFollowMerges(leads)(named);
    if (loaded.state === undefined) return undefined;
    const [timeline, profile, answers] = await Promise.all([
      leads.timeline(leadId, loaded, wholeSpan),
      records.load('profile', leadId),
      records.load('answers', leadId),
    ]);
    return {
      leadId,
      lead: loaded.state,
      timeline,
      profile: profile.state ?? {},
      answers: answers.state ?? {},
    };
  };
