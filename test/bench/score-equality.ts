import { seededRandom } from '../../infra/cli/seeded-random.ts';
import { paymentsOf } from '../../shared/domain/fold/payments.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import { meteredDynamo } from '../support/metered-dynamo.ts';
import { atMost, type Criterion } from './criterion.ts';
import { type Delivery, mixOf } from './mix.ts';
import { scoringPipeline } from './scoring-pipeline.ts';

const histories = 60;
const orders = 3;
const events = 60;
const email = 'hot@company-1.example';
const askedAt = '2027-03-01T00:00:00.000Z';

/** The same engagements and copies in other orders and batches: how far engagement scores are apart, in 1e-9ths. */
export const measureEquality = async (
  seed: number,
  policy: PublishedPolicy,
): Promise<Readonly<{ criteria: readonly Criterion[]; worst: number }>> => {
  let worst = 0;
  for (let history = 0; history < histories; history++) {
    const random = seededRandom(seed + history);
    const deliveries = mixOf({ seed: seed + history, leads: 0, hotEvents: events });
    const first = await scoreOf(deliveries, random, policy);
    const tolerance = 1e-9 * Math.max(1, first.absolutePoints);
    for (let order = 0; order < orders; order++) {
      const other = await scoreOf(shuffled(deliveries, random), random, policy);
      worst = Math.max(worst, Math.abs(other.engagement - first.engagement) / tolerance);
    }
  }
  return {
    criteria: [
      atMost(
        'score in any order, apart, of 1e-9 x max(1, sum of absolute points)',
        worst,
        1,
        '',
        `${histories} histories, ${orders} other orders each`,
      ),
    ],
    worst,
  };
};

const scoreOf = async (deliveries: readonly Delivery[], random: () => number, policy: PublishedPolicy) => {
  const pipeline = scoringPipeline(meteredDynamo(), policy);
  for (let taken = 0; taken < deliveries.length; ) {
    const size = 1 + Math.floor(random() * 8);
    await pipeline.take(deliveries.slice(taken, taken + size));
    taken += size;
  }
  const view = await pipeline.view(email, askedAt);
  const payments = paymentsOf(await pipeline.timeline(email), undefined, policy.policy);
  return {
    engagement: view?.engagement ?? Number.NaN,
    absolutePoints: payments.reduce((sum, { points }) => sum + Math.abs(points), 0),
  };
};

const shuffled = <T>(all: readonly T[], random: () => number): readonly T[] =>
  all
    .map((one) => [random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
