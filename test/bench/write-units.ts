import type { PublishedPolicy } from '../../shared/ports.ts';
import { type Call, meteredDynamo } from '../support/metered-dynamo.ts';
import { atMost, type Criterion } from './criterion.ts';
import type { Delivery } from './mix.ts';
import { scoringPipeline } from './scoring-pipeline.ts';

/** Units per engagement, copies not counted as such; reads per delivery. */
export type UnitsPerEvent = Readonly<{
  /** Of the lead's items, but for {@link facts}. */
  write: number;
  /** What its items cost more because facts leave with them. */
  facts: number;
  readPerDelivery: number;
  /** Of items that are not the lead's: identity, profile. */
  otherWrite: number;
  otherRead: number;
}>;

export type WriteUnits = Readonly<{
  criteria: readonly Criterion[];
  alone: UnitsPerEvent;
  /** Without the busiest lead. */
  aloneOthers: UnitsPerEvent;
  byThree: UnitsPerEvent;
}>;

/** What the mix costs, each delivery alone in its batch, and with three engagements of a lead in one. */
export const measureWriteUnits = async (
  mix: readonly Delivery[],
  policy: PublishedPolicy,
): Promise<WriteUnits> => {
  const single = mix.map((delivery) => [delivery]);
  const taken = await take(single, policy);
  const alone = unitsOf(taken);
  const aloneOthers = unitsOf(taken.filter(({ batch }) => batch[0]?.hot === false));
  const byThree = unitsOf(await take(inThrees(mix), policy));
  return {
    criteria: [
      atMost(
        'write units per event, alone',
        alone.write,
        1.12,
        '',
        `${aloneOthers.write.toFixed(3)} without the busiest lead`,
      ),
      atMost('write units per event, three of a lead in a batch', byThree.write, 0.45),
    ],
    alone,
    aloneOthers,
    byThree,
  };
};

/** Engagements of a lead in threes, as they come; copies come after, alone. */
const inThrees = (mix: readonly Delivery[]): readonly (readonly Delivery[])[] => {
  const batches: Delivery[][] = [];
  const open = new Map<string, Delivery[]>();
  for (const delivery of mix.filter(({ copy }) => !copy)) {
    const { email = '' } = delivery.detail.lead;
    const batch = open.get(email);
    if (batch !== undefined && batch.length < 3) batch.push(delivery);
    else {
      const next = [delivery];
      open.set(email, next);
      batches.push(next);
    }
  }
  return [...batches, ...mix.filter(({ copy }) => copy).map((delivery) => [delivery])];
};

type Taken = Readonly<{ batch: readonly Delivery[]; calls: readonly Call[] }>;

const take = async (
  batches: readonly (readonly Delivery[])[],
  policy: PublishedPolicy,
): Promise<readonly Taken[]> => {
  const calls: Call[] = [];
  const pipeline = scoringPipeline(
    meteredDynamo((call) => calls.push(call)),
    policy,
  );
  const taken: Taken[] = [];
  for (const batch of batches) {
    await pipeline.take(batch);
    taken.push({ batch, calls: calls.splice(0) });
    await pipeline.settle();
    calls.length = 0;
  }
  return taken;
};

const unitsOf = (taken: readonly Taken[]): UnitsPerEvent => {
  const calls = taken.flatMap((one) => one.calls);
  const deliveries = taken.flatMap(({ batch }) => batch);
  const events = deliveries.filter(({ copy }) => !copy).length;
  const sum = (ofLead: boolean, units: 'write' | 'facts' | 'read') =>
    calls.filter(({ kind }) => (kind === 'lead') === ofLead).reduce((all, call) => all + call[units], 0);
  return {
    write: (sum(true, 'write') - sum(true, 'facts')) / events,
    facts: sum(true, 'facts') / events,
    readPerDelivery: sum(true, 'read') / deliveries.length,
    otherWrite: sum(false, 'write') / events,
    otherRead: sum(false, 'read') / deliveries.length,
  };
};
