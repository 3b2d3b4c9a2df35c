import { cutOffTime, scoredTimeline } from '../domain/counted.ts';
import { foldEntries } from '../domain/fold/fold-entries.ts';
import type { Lead } from '../domain/lead.ts';
import type { LeadDecision } from '../domain/lead-priority.ts';
import { withEntries } from '../domain/timeline.ts';
import type { Policy } from '../policy/schema.ts';
import type { LeadStore, LoadedLead } from '../ports.ts';

/** Adds up again what a decided lead did since its cut-off, if the decision asks for it. */
export const makeRefoldTally =
  (leads: Pick<LeadStore, 'timeline'>) =>
  async (
    leadId: string,
    loaded: LoadedLead,
    { state, entries = [] }: LeadDecision,
    policy: Policy,
  ): Promise<Lead> => {
    const { refold, ...lead } = state;
    if (refold === undefined) return state;
    const since = { from: cutOffTime(lead) + 1, until: Infinity };
    const before = await leads.timeline(leadId, loaded, since);
    const all = withEntries(before, entries);
    return { ...lead, tally: foldEntries(scoredTimeline(lead, all), policy) };
  };
