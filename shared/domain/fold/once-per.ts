import type { Rule } from '../../policy/schema.ts';
import type { TimelineEntry } from '../timeline.ts';
import { assetNumber, noAsset } from './asset-number.ts';
import { localDay, localMonth, localWeek } from './local-day.ts';

/** A rule pays for this many assets: a bound that no timeline outgrows. */
export const mostAssets = 16;

type Period = NonNullable<Rule['oncePer']>;

const bucketOf: Readonly<Record<Period, (entry: TimelineEntry, zone: string) => number>> = {
  day: ({ at }, zone) => localDay(at, zone),
  week: ({ at }, zone) => localWeek(at, zone),
  month: ({ at }, zone) => localMonth(at, zone),
  asset: (entry) => assetNumber(entry) ?? noAsset,
  ever: () => 0,
};

/**
 * Says of the entries of a timeline, asked in their order, whether a rule pays: the earliest of each day, week, month
 * (in the zone), asset or altogether does. Of assets the earliest 16 are paid.
 */
export const oncePerJudge = (zone: string): ((entry: TimelineEntry, rule: Rule) => boolean) => {
  const paid = new Map<number, Set<number>>();
  return (entry, { number, oncePer }) => {
    if (oncePer === undefined) return true;
    const buckets = paid.get(number) ?? new Set();
    const bucket = bucketOf[oncePer](entry, zone);
    if (buckets.has(bucket) || (oncePer === 'asset' && buckets.size >= mostAssets)) return false;
    paid.set(number, buckets.add(bucket));
    return true;
  };
};
