import type { Lead } from './lead.ts';
import { epochOf } from './time.ts';
import type { TimelineEntry } from './timeline.ts';
import { letsCount, type Verdict } from './verdict.ts';

/** The verdict in force on an engagement, named as in the timeline; it may be there before the engagement is. */
export const verdictOn = ({ verdicts }: Pick<Lead, 'verdicts'>, id: string): Verdict | undefined =>
  verdicts?.find(({ engagementId }) => engagementId === id);

/** The engagements that count: neither held nor voided. Everything that is scored, asked or shown to sales begins here. */
export const countedTimeline = <E extends Pick<TimelineEntry, 'id'>>(
  { verdicts }: Pick<Lead, 'verdicts'>,
  timeline: readonly E[],
): readonly E[] => {
  if (verdicts === undefined) return timeline;
  const out = new Set(
    verdicts.filter((verdict) => !letsCount(verdict)).map(({ engagementId }) => engagementId),
  );
  return out.size === 0 ? timeline : timeline.filter(({ id }) => !out.has(id));
};

/** Engagements up to here score nothing, epoch milliseconds. */
export const cutOffTime = ({ cutOff }: Pick<Lead, 'cutOff'>): number =>
  cutOff === undefined ? -Infinity : epochOf(cutOff);

/** Of those that count the ones after the cut-off: what a tally adds up. */
export const scoredTimeline = <E extends Pick<TimelineEntry, 'id' | 'at'>>(
  lead: Pick<Lead, 'verdicts' | 'cutOff'>,
  timeline: readonly E[],
): readonly E[] => {
  const from = cutOffTime(lead);
  const counted = countedTimeline(lead, timeline);
  return from === -Infinity ? counted : counted.filter(({ at }) => at > from);
};
