import { seededRandom } from '../../infra/cli/seeded-random.ts';
import type { EngagementRecorded } from '../../shared/events/inbound.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Monday. */
const start = Date.UTC(2026, 10, 2);

/** An engagement on its way: `copy` is the same once more. */
export type Delivery = Readonly<{
  detail: EngagementRecorded;
  receivedAt: string;
  copy: boolean;
  hot: boolean;
}>;

export type MixOptions = Readonly<{
  seed: number;
  leads: number;
  hotEvents: number;
  /** In which the busy lead does all that. */
  hotDays?: number;
}>;

/** Weights: most of what leads do is looking at pages and opening mails. */
const kinds: readonly (readonly [kind: string, weight: number])[] = [
  ['page-viewed', 48],
  ['email-opened', 16],
  ['email-clicked', 9],
  ['feature-viewed', 8],
  ['pricing-viewed', 5],
  ['case-study-viewed', 4],
  ['content-downloaded', 4],
  ['social-engaged', 2],
  ['webinar-registered', 1.5],
  ['webinar-attended', 1],
  ['careers-viewed', 1],
  ['demo-requested', 0.3],
  ['unsubscribed', 0.2],
];
const allWeights = kinds.reduce((sum, [, weight]) => sum + weight, 0);
const paths = [
  'docs',
  'blog',
  'product',
  'security',
  'integrations',
  'partners',
  'customers',
  'events',
  'about',
];

/**
 * Engagements as they arrive: half of the leads do up to 3 things, one in a hundred above 100, one `hotEvents`. Of five
 * deliveries one is a copy, and two in a hundred come up to a day late. The same for the same seed.
 */
export const mixOf = ({ seed, leads, hotEvents, hotDays = 90 }: MixOptions): readonly Delivery[] => {
  const random = seededRandom(seed);
  const deliveries: (Delivery & { order: number })[] = [];
  const deliver = (detail: EngagementRecorded, at: number, hot: boolean) => {
    const late = random() < 0.02 ? random() * day : random() * minute;
    const copies = [false, ...(random() < 0.25 ? [true] : [])];
    for (const copy of copies) {
      const order = at + late + (copy ? random() * 60 * minute : 0);
      deliveries.push({ detail, receivedAt: new Date(order).toISOString(), copy, hot, order });
    }
  };
  for (let lead = 0; lead < leads; lead++) {
    let at = start + random() * 60 * day;
    for (let left = activity(random()); left > 0; left--) {
      deliver(engagement(random, `lead-${lead}@company-${lead % 97}.example`, at), at, false);
      at += random() < 0.7 ? random() * 5 * minute : -Math.log(1 - random()) * 4 * day;
    }
  }
  for (let i = 0; i < hotEvents; i++) {
    const at = start + ((i + random()) * hotDays * day) / hotEvents;
    deliver(engagement(random, 'hot@company-1.example', at), at, true);
  }
  return deliveries.sort((a, b) => a.order - b.order);
};

/** Pareto, with a median of 3 and a 99th percentile of about 120. */
const activity = (u: number): number => Math.min(500, Math.floor(1.544 * (1 - u) ** (-1 / 1.044)));

const engagement = (random: () => number, email: string, at: number): EngagementRecorded => {
  const any = (values: readonly string[]): string => values[Math.floor(random() * values.length)]!;
  const kind = kindAt(random() * allWeights);
  const id = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('-');
  const path = random() < 0.4 ? `/${any(paths)}` : `/${any(paths)}/${Math.floor(random() * 40)}`;
  return {
    id,
    kind,
    occurredAt: new Date(at).toISOString(),
    lead: { email },
    source: {
      origin: any(['organic', 'paid', 'mail', 'social']),
      landingPage: `https://ours.example${path}`,
    },
    properties: {
      path,
      seconds: Math.floor(random() * 400),
      campaign: `${any(['spring', 'autumn'])}-${Math.floor(random() * 40)}`,
      asset: `asset-${Math.floor(random() * 30)}`,
    },
  };
};

const kindAt = (weight: number): string => {
  let left = weight;
  for (const [kind, own] of kinds) {
    left -= own;
    if (left <= 0) return kind;
  }
  return 'page-viewed';
};

/** As the queue holds it: the event in EventBridge's envelope. */
export const bodyOf = ({ detail, receivedAt }: Delivery): string =>
  JSON.stringify({
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'EngagementRecorded',
    source: 'producer',
    account: '111122223333',
    time: receivedAt,
    region: 'eu-central-1',
    resources: [],
    detail,
  });
