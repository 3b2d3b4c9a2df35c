import { wholeSpan } from '../domain/timeline.ts';
import type { WholeLead } from '../domain/whole-lead.ts';
import type { LeadRecords, LeadStore } from '../ports.ts';

export type WholeLeadDeps = Readonly<{
  leads: Pick<LeadStore, 'load' | 'timeline'>;
  records: Pick<LeadRecords, 'load'>;
}>;

/** Undefined: no such lead. Strongly consistent. */
export const loadWholeLead =
  ({ leads, records }: WholeLeadDeps) =>
  async (leadId: string): Promise<WholeLead | undefined> => {
    const loaded = await leads.load(leadId);
    if (loaded.state === undefined) return undefined;
    const [timeline, profile, answers] = await Promise.all([
      leads.timeline(leadId, loaded, wholeSpan),
      records.load('profile', leadId),
      records.load('answers', leadId),
    ]);
    return { lead: loaded.state, timeline, profile: profile.state ?? {}, answers: answers.state ?? {} };
  };
