import type { LeadMessage } from '../../functions/score-lead/score-lead.ts';
import { seededRandom } from '../../infra/cli/seeded-random.ts';
import type { MergeLeads } from '../../shared/events/commands.ts';
import type { EngagementRecorded } from '../../shared/events/inbound.ts';
import { drawsOf } from '../../shared/simulation/draws.ts';
import { day, engagementMessage } from './scoring-world.ts';

/** What comes for some leads under their own names, and which of them are found to be one meanwhile. */
export type MergeHistory = Readonly<{
  names: readonly string[];
  engagements: readonly EngagementRecorded[];
  /** In the order in which they come; merges name places in `names`. */
  arrivals: readonly Readonly<
    | { type: 'batch'; messages: readonly LeadMessage[] }
    | { type: 'merge'; pair: readonly [number, number]; id: string }
  >[];
  writers: number;
  stopRate: number;
  staleRate: number;
}>;

const kinds = [
  'page-viewed',
  'page-viewed',
  'pricing-viewed',
  'case-study-viewed',
  'webinar-attended',
  'careers-viewed',
];

export const mergeHistory = (seed: number): MergeHistory => {
  const draws = drawsOf(seededRandom(seed));
  const names = ['anna', 'bert', 'cleo', 'dora'].slice(0, draws.whole(2, 4));
  const unanchored = draws.pick([0, 0, 0.2]);
  const shared = draws.pick([0.1, 0.4]);
  const asking = draws.pick([0, 0, 0.08]);
  const engagements: EngagementRecorded[] = [];
  const received = new Map<EngagementRecorded, string>();
  for (let i = 0; i < draws.whole(4, 40); i++) {
    const { occurredAt: at, ...one } = {
      id: `e${(i * 7) % 101}`,
      kind: draws.chance(asking) ? 'demo-requested' : draws.pick(kinds),
      occurredAt: day(draws.whole(0, 30 * 8) / 8),
      properties: { asset: `a${draws.whole(0, 19)}` },
    };
    const of = draws.chance(shared) ? names : [draws.pick(names)];
    const isTimeless = draws.chance(unanchored);
    for (const name of of) {
      const engagement = {
        ...one,
        ...(isTimeless ? {} : { occurredAt: at }),
        lead: { email: `${name}@acme.example` },
      };
      received.set(engagement, isTimeless ? day(draws.whole(0, 30 * 8) / 8) : day(31));
      engagements.push(engagement);
    }
  }
  const copies = draws.pick([0.2, 1]);
  const coming = engagements.flatMap((one) => [one, ...(draws.chance(copies) ? [one] : [])]);
  const messages = coming
    .map((one) => ({ message: engagementMessage(one, received.get(one)), order: draws.whole(0, 999) }))
    .sort((a, b) => a.order - b.order)
    .map(({ message }) => message);
  const arrivals: MergeHistory['arrivals'][number][] = [];
  while (messages.length > 0)
    arrivals.push({ type: 'batch', messages: messages.splice(0, draws.whole(1, 5)) });
  for (let i = 0; i < draws.whole(1, 5); i++) {
    const first = draws.whole(0, names.length - 1);
    const second = (first + draws.whole(1, names.length - 1)) % names.length;
    const place = draws.whole(1, arrivals.length);
    const merge = { type: 'merge', pair: [first, second] as const, id: `m${i}` } as const;
    arrivals.splice(place, 0, ...(draws.chance(0.3) ? [merge, merge] : [merge]));
  }
  return {
    names,
    engagements,
    arrivals,
    writers: draws.whole(1, 4),
    stopRate: draws.pick([0, 0.02, 0.1]),
    staleRate: draws.pick([0, 0.3]),
  };
};

export const mergeCommand = (id: string, leadIds: readonly [string, string]): MergeLeads => ({
  id,
  leadIds: [...leadIds],
  by: 'anna',
  reason: 'one person',
});
