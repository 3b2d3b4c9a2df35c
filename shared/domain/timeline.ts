import type { TimelineEntry } from './lead.ts';

/** By time, then id: an order that does not depend on arrival. */
export const compareEntries = (a: TimelineEntry, b: TimelineEntry): number => {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
};

/** Those that are not in the timeline yet, each id once: the first of several copies. */
export const unseen = (
  timeline: readonly TimelineEntry[],
  entries: readonly TimelineEntry[],
): readonly TimelineEntry[] => {
  const seen = new Set(timeline.map(({ id }) => id));
  return entries.filter(({ id }) => !seen.has(id) && seen.add(id));
};

/** The timeline with further entries, which must be {@link unseen}. */
export const withEntries = (
  timeline: readonly TimelineEntry[],
  fresh: readonly TimelineEntry[],
): TimelineEntry[] => [...timeline, ...fresh].sort(compareEntries);
