import { cutOffTime, scoredTimeline } from '../domain/counted.ts';
import { spansToKnow } from '../domain/fold/spans-to-know.ts';
import { compareEntries, type TimelineEntry, unseen, withEntries } from '../domain/timeline.ts';
import type { LeadStore } from '../ports.ts';
import type { LeadAtHand } from './change-lead.ts';

/**
 * Of what is scored already as much as must be known to take the new ones: nothing, unless one comes late to what a rule
 * pays once or a pattern waits for.
 */
export const makeEarlierScored =
  (leads: Pick<LeadStore, 'timeline'>) =>
  async (
    { leadId, loaded, lead, policy }: LeadAtHand,
    arrivals: readonly TimelineEntry[],
  ): Promise<readonly TimelineEntry[]> => {
    const fresh = lead === undefined ? [] : [...scoredTimeline(lead, arrivals)].sort(compareEntries);
    if (lead === undefined || fresh.length === 0) return [];
    const from = cutOffTime(lead) + 1;
    let known: readonly TimelineEntry[] = [];
    for (const span of spansToKnow(lead.tally, fresh, policy.policy)) {
      if (span.until < from) continue;
      const within = { from: Math.max(span.from, from), until: span.until };
      const entries = await leads.timeline(leadId, loaded, within);
      known = withEntries(known, unseen(known, entries));
    }
    return scoredTimeline(lead, known);
  };
