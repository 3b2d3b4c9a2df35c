import { scoredTimeline } from './counted.ts';
import { type DecidingPolicy, decidedWith } from './decided-with.ts';
import { foldEntries } from './fold/fold-entries.ts';
import { latestAsk, withAsk } from './latest-ask.ts';
import type { Lead } from './lead.ts';
import type { TimelineEntry } from './timeline.ts';

/** The lead as it is when all that it did is looked at anew, with this policy: what it adds up to, and what it asked. */
export const refoldLead = (lead: Lead, timeline: readonly TimelineEntry[], policy: DecidingPolicy): Lead => ({
  ...withAsk(lead, latestAsk(lead, timeline, policy.policy)),
  tally: foldEntries(scoredTimeline(lead, timeline), policy.policy),
  policy: decidedWith(policy),
});
