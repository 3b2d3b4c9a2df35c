import { seededRandom } from '../../infra/cli/seeded-random.ts';
import { compareEntries, type TimelineEntry } from '../../shared/domain/timeline.ts';
import { drawsOf } from '../../shared/simulation/draws.ts';

/** What comes for one lead, in batches: late, twice, at the same time, long after it was moved away. */
export type LeadHistory = Readonly<{
  entries: readonly TimelineEntry[];
  batches: readonly (readonly TimelineEntry[])[];
  writers: number;
  /** So many in the head are too many. */
  fullAt: number;
  stopRate: number;
  staleRate: number;
  /** Verdicts are kept beside the head, and given between the batches. */
  judged: boolean;
}>;

const start = Date.UTC(2026, 10, 2);
const minute = 60_000;

export const leadHistory = (seed: number): LeadHistory => {
  const draws = drawsOf(seededRandom(seed));
  const step = draws.pick([1, minute, 600 * minute]);
  const ties = draws.pick([0, 0.1, 0.6]);
  let at = start;
  const entries = Array.from({ length: draws.whole(5, 60) }, (_, i): TimelineEntry => {
    if (!draws.chance(ties)) at += draws.whole(0, step);
    return {
      // Names are spread, so that their order is not that of coming.
      id: (draws.whole(0, 255).toString(16) + i.toString(16).padStart(4, '0')).padStart(16, 'c'),
      at,
      kind: draws.pick(['page-viewed', 'pricing-viewed', 'own-kind']),
      ...(draws.chance(0.6) ? { facets: { asset: `asset-${draws.whole(0, 9)}` } } : {}),
      ...(draws.chance(0.1) ? { origin: 'mail', receivedAt: at + draws.whole(0, 9999) } : {}),
    };
  });
  const lateness = draws.pick([0, 0.1, 0.3]);
  const copies = draws.pick([0.1, 0.5, 1]);
  const arrivals = entries.flatMap((entry, i) => [
    { entry, order: draws.chance(lateness) ? i + draws.whole(1, 40) : i },
    ...(draws.chance(copies) ? [{ entry, order: i + draws.pick([0, 1, 3, 100]) }] : []),
  ]);
  arrivals.sort((a, b) => a.order - b.order);
  const most = draws.pick([1, 1, 3, 12]);
  const batches: TimelineEntry[][] = [];
  while (arrivals.length > 0)
    batches.push(arrivals.splice(0, draws.whole(1, most)).map(({ entry }) => entry));
  return {
    entries: entries.toSorted(compareEntries),
    batches,
    writers: draws.whole(1, 4),
    fullAt: draws.pick([4, 6, 8, 12]),
    stopRate: draws.pick([0, 0.02, 0.1]),
    staleRate: draws.pick([0, 0.3]),
    judged: draws.chance(0.3),
  };
};
