/** A property that a timeline keeps. */
export type Facet = string | number | boolean;

/** An engagement as it is kept. */
export type TimelineEntry = Readonly<{
  /** {@link engagementRef} of the producer's id: it names the engagement for ever. */
  id: string;
  /** When it happened, epoch milliseconds: dedupe, order and points use it, and it never changes. */
  at: number;
  kind: string;
  /** It came without a believable time; its first receipt is its time. */
  unanchored?: true;
  /** Of its properties those that scoring or sales will ask for. */
  facets?: Readonly<Record<string, Facet>>;
  origin?: string;
  /** Epoch milliseconds; kept of those that ask to talk. */
  receivedAt?: number;
}>;

/** Order and identity of engagements: time, then name. It does not depend on arrival. */
export type EntryKey = Readonly<Pick<TimelineEntry, 'at' | 'id'>>;

export const compareEntries = (a: EntryKey, b: EntryKey): number =>
  a.at !== b.at ? a.at - b.at : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** Those that are not in the timeline yet, each once: the first of several copies. */
export const unseen = <E extends EntryKey>(
  timeline: readonly EntryKey[],
  entries: readonly E[],
): readonly E[] => {
  const [only] = entries;
  // Mostly one comes: to look through is faster than to sort away.
  if (only === undefined || entries.length === 1)
    return timeline.some(({ id }) => id === only?.id) ? [] : entries;
  const seen = new Set(timeline.map(({ id }) => id));
  return entries.filter(({ id }) => !seen.has(id) && seen.add(id));
};

/** The timeline with further entries, which must be {@link unseen}. */
export const withEntries = <E extends EntryKey>(
  timeline: readonly E[],
  fresh: readonly E[],
): readonly E[] => {
  const [last, next] = [timeline.at(-1), fresh[0]];
  if (next === undefined) return timeline;
  const all = timeline.concat(fresh);
  const isInOrder = fresh.length === 1 && (last === undefined || compareEntries(last, next) < 0);
  return isInOrder ? all : all.sort(compareEntries);
};

/** Two timelines as one: what is in both is one engagement, at the earlier of its times. */
export const unitedTimeline = (
  one: readonly TimelineEntry[],
  other: readonly TimelineEntry[],
): readonly TimelineEntry[] => {
  const byId = new Map<string, TimelineEntry>();
  for (const entry of [...one, ...other].sort(compareEntries))
    if (!byId.has(entry.id)) byId.set(entry.id, entry);
  return [...byId.values()];
};

/** The end of a timeline, in order. */
export type RecentEntries = Readonly<{
  length: number;
  has(id: string): boolean;
  keys(): readonly EntryKey[];
  all(): readonly TimelineEntry[];
}>;

/** In memory. */
export class RecentList implements RecentEntries {
  readonly entries: readonly TimelineEntry[];

  constructor(entries: readonly TimelineEntry[] = []) {
    this.entries = entries;
  }

  get length(): number {
    return this.entries.length;
  }

  has(id: string): boolean {
    for (const entry of this.entries) if (entry.id === id) return true;
    return false;
  }

  keys(): readonly EntryKey[] {
    return this.entries;
  }

  all(): readonly TimelineEntry[] {
    return this.entries;
  }
}

/** A part of a timeline by time: epoch milliseconds, both ends within it. */
export type Span = Readonly<{ from: number; until: number }>;

export const wholeSpan: Span = { from: -Infinity, until: Infinity };
