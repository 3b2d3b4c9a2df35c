import type { Span, TimelineEntry } from '../timeline.ts';

/** Engagements within a span that a tally has already, in order. Asked only of those that come late. */
export type KnownIn = (span: Span) => readonly TimelineEntry[];

export const knownAmong =
  (known: readonly TimelineEntry[]): KnownIn =>
  ({ from, until }) =>
    known.filter(({ at }) => at >= from && at <= until);

/** Of a long timeline in order, those before one of its entries. */
export const knownBefore =
  (timeline: readonly TimelineEntry[], count: number): KnownIn =>
  ({ from, until }) => {
    const found: TimelineEntry[] = [];
    for (let i = count - 1; i >= 0; i--) {
      const entry = timeline[i];
      if (entry === undefined || entry.at < from) break;
      if (entry.at <= until) found.push(entry);
    }
    return found.reverse();
  };
