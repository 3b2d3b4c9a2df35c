import type { Policy } from '../policy/schema.ts';
import { askOf } from './arrival.ts';
import { asksToTalk } from './assessment.ts';
import { countedTimeline, cutOffTime } from './counted.ts';
import { engagementRef } from './engagement-ref.ts';
import type { Ask, Lead } from './lead.ts';
import type { TimelineEntry } from './timeline.ts';

/**
 * The latest engagement that asked to talk and counts, looked up in the whole timeline: of this cycle, or the one that
 * made the lead an MQL. What is known of it beyond the timeline stays.
 */
export const latestAsk = (
  lead: Lead,
  timeline: readonly TimelineEntry[],
  policy: Policy,
): Ask | undefined => {
  const from = cutOffTime(lead);
  const cause = lead.stage === 'mql' ? lead.mqlCause?.id : undefined;
  const madeMql = cause === undefined ? undefined : engagementRef(cause);
  const entry = countedTimeline(lead, timeline).findLast(
    (one) => (one.at > from || one.id === madeMql) && asksToTalk(one, policy),
  );
  if (entry === undefined || entry.id === lead.ask?.id) return entry && lead.ask;
  const engagementId = entry.id === madeMql && cause !== undefined ? cause : entry.id;
  return askOf({ ...entry, engagementId, receivedAt: entry.receivedAt ?? entry.at });
};

/** The lead with another ask, or none. */
export const withAsk = (lead: Lead, ask: Ask | undefined): Lead => {
  if (ask === lead.ask) return lead;
  const { ask: _, ...kept } = lead;
  return ask === undefined ? kept : { ...kept, ask };
};
