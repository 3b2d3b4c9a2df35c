import type { Pattern } from '../../policy/schema.ts';
import type { TimelineEntry } from '../timeline.ts';
import { assetNumber } from './asset-number.ts';
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
      return distinct(pattern, timeline, ({ at }) => localDay(at, zone));
    case 'distinct':
      return distinct(pattern, timeline, assetNumber);
    case 'then':
      return followed(pattern, timeline);
  }
};

/** The first with which enough different values lie in one window. */
const distinct = (
  { kind, atLeast, within }: Pattern,
  timeline: readonly TimelineEntry[],
  valueIn: (entry: TimelineEntry) => number | undefined,
): TimelineEntry | undefined => {
  const latest = new Map<number, number>();
  return timeline.find((entry) => {
    const value = entry.kind === kind ? valueIn(entry) : undefined;
    if (value === undefined) return false;
    latest.set(value, entry.at);
    return [...latest.values()].filter((time) => time > entry.at - within).length >= atLeast;
  });
};

/** The first `followedBy` that comes after `kind`, in one window. What happens at the same time does not follow. */
const followed = (
  { kind, followedBy, within }: Pattern,
  timeline: readonly TimelineEntry[],
): TimelineEntry | undefined => {
  /** The latest `kind`, and the latest that is earlier than it. */
  let latest = -Infinity;
  let earlier = -Infinity;
  return timeline.find((entry) => {
    const before = latest < entry.at ? latest : earlier;
    if (entry.kind === followedBy && before > entry.at - within) return true;
    if (entry.kind === kind && entry.at > latest) [earlier, latest] = [latest, entry.at];
    return false;
  });
};
