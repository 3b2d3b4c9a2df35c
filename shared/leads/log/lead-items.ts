import type { Lead } from '../../domain/lead.ts';
import type { Instant } from '../../domain/time.ts';
import type { EntryKey, TimelineEntry } from '../../domain/timeline.ts';
import type { StampedFact } from '../../events/facts.ts';
import type { HeadLog, LoadedLead } from '../../ports.ts';

/** A lead's own item. */
export type LeadHead = Readonly<{
  lead: Lead;
  log: HeadLog;
  /** What it has of the timeline besides, in order: this write brings it. */
  fresh: readonly TimelineEntry[];
}>;

/** A head with what goes with its write. */
export type HeadToPut = LeadHead & Readonly<{ facts: readonly StampedFact[]; dueAt?: Instant }>;

/**
 * The items that a lead is kept in: a head; chunks, each with the engagements of a stretch of time, no two overlapping; and
 * markers, each with one engagement that came after its stretch was over. Every member is one call, or several that may
 * each be the last. All reads but the stale one are strongly consistent.
 */
export type LeadItems = Readonly<{
  head(leadId: string, freshness?: 'stale'): Promise<LoadedLead>;
  /** The first chunk whose last engagement is not before `key`: the only one that may hold it. */
  firstChunkFrom(leadId: string, key: EntryKey): Promise<readonly TimelineEntry[] | undefined>;
  marker(leadId: string, key: EntryKey): Promise<TimelineEntry | undefined>;
  /** What is in chunks whose last engagement, and in markers whose own, lies within `from` and `until`; in any order. */
  between(leadId: string, from: EntryKey, until: EntryKey): Promise<readonly TimelineEntry[]>;
  /** At the key of its last entry, whatever is there: it can only be the same. Never empty. */
  putChunk(leadId: string, entries: readonly TimelineEntry[]): Promise<void>;
  /** At its key, whatever is there. */
  putMarker(leadId: string, entry: TimelineEntry): Promise<void>;
  /** `conflict`: the head is not of the version that was loaded, nothing was written. */
  putHead(leadId: string, loaded: LoadedLead, next: HeadToPut): Promise<'saved' | 'conflict'>;
  /** Those of several leads at once, or none of them. */
  putHeads(
    heads: readonly Readonly<{ leadId: string; loaded: LoadedLead; next: HeadToPut }>[],
  ): Promise<'saved' | 'conflict'>;
  /** As of the store. */
  pause(attempt: number): Promise<void>;
}>;

/** Whether as many engagements as this write brings would make the head too large, if it were written as it is. */
export type IsFull = (
  leadId: string,
  loaded: LoadedLead,
  head: LeadHead & Readonly<{ dueAt?: Instant }>,
) => boolean;
