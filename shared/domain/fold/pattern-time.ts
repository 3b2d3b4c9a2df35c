import type { Pattern } from '../../policy/schema.ts';
import type { TimelineEntry } from '../lead.ts';
import { epochOf } from '../time.ts';
import { localDay } from './local-day.ts';

/**
 * The entry with which a pattern is complete for the first time; undefined: it is not. A window is half open: what is
 * exactly `within` old is out.
 */
export const completes = (
  pattern: Pattern,
  timeline: readonly TimelineEntry[],
  zone: string,
): TimelineEntry | undefined => {
  switch (pattern.type) {
    case 'days':
      return distinct(pattern, timeline, ({ occurredAt }) => localDay(occurredAt, zone));
    case 'distinct':
      return distinct(pattern, timeline, ({ facets }) => facets?.asset?.toString());
    case 'then':
      return followed(pattern, timeline);
  }
};

/** The first with which enough different values lie in one window. */
const distinct = (
  { kind, atLeast, within }: Pattern,
  timeline: readonly TimelineEntry[],
  valueIn: (entry: TimelineEntry) => string | number | undefined,
): TimelineEntry | undefined => {
  const latest = new Map<string | number, number>();
  return timeline.find((entry) => {
    const value = entry.kind === kind ? valueIn(entry) : undefined;
    if (value === undefined) return false;
    const at = epochOf(entry.occurredAt);
    latest.set(value, at);
    return [...latest.values()].filter((time) => time > at - within).length >= atLeast;
  });
};

/** The first `followedBy` that comes after `kind`, in one window. */
const followed = (
  { kind, followedBy, within }: Pattern,
  timeline: readonly TimelineEntry[],
): TimelineEntry | undefined => {
  let before: number | undefined;
  return timeline.find((entry) => {
    const at = epochOf(entry.occurredAt);
    if (entry.kind === followedBy && before !== undefined && before > at - within) return true;
    if (entry.kind === kind) before = at;
    return false;
  });
};
