import { cutOffTime, scoredTimeline } from '../domain/counted.ts';
import { foldEntries } from '../domain/fold/fold-entries.ts';
import type { Lead } from '../domain/lead.ts';
import { unseen, withEntries } from '../domain/timeline.ts';
import type { Policy } from '../policy/schema.ts';
import type { LeadStore, LoadedLead } from '../ports.ts';

/** Adds up again what a decided lead did since its cut-off, if the decision asks for it; what came with it is in `recent`. */
export const makeRefoldTally =
  (leads: Pick<LeadStore, 'timeline'>) =>
  async (leadId: string, loaded: LoadedLead, decided: Lead, policy: Policy): Promise<Lead> => {
    const { refold, ...lead } = decided;
    if (refold === undefined) return decided;
    const since = { from: cutOffTime(lead) + 1, until: Infinity };
    const before = await leads.timeline(leadId, loaded, since);
    const all = withEntries(before, unseen(before, lead.recent));
    return { ...lead, tally: foldEntries(scoredTimeline(lead, all), policy) };
  };
