import type { StampedFact } from '../events/facts.ts';
import type { FaultyGround } from './faulty-instance.ts';

const shardCount = 2;
const batchAtMost = 10;
const retryMs = 1000;
/** So often the same records may fail by chance. */
const failuresAtMost = 3;

/** The outbox of one saved version of an item. */
type Outbox = readonly StampedFact[];

/**
 * A table's stream: the outboxes of an item in their order, different items side by side. A batch that fails comes again
 * and holds up what comes after it; one that was handled may come again too.
 */
export const faultyStream = (
  { events, draws, faults, tell }: FaultyGround,
  {
    name,
    handle,
  }: Readonly<{
    name: string;
    /** False: it failed, or its instance stopped. */
    handle: (outboxes: readonly Outbox[], spared: boolean) => Promise<boolean>;
  }>,
) => {
  const shards = Array.from({ length: shardCount }, () => ({
    waiting: [] as Outbox[],
    running: false,
    failures: 0,
  }));

  const flow = async (shard: (typeof shards)[number]) => {
    shard.running = true;
    await events.delay(draws.whole(50, 400));
    while (shard.waiting.length > 0) {
      const batch = shard.waiting.slice(0, draws.whole(1, batchAtMost));
      if (!(await handle(batch, shard.failures >= failuresAtMost))) {
        shard.failures++;
        await events.delay(retryMs);
      } else if (shard.failures < failuresAtMost && draws.chance(faults().batchAgain)) {
        shard.failures++;
        tell(`${name} brings ${batch.length} records again`);
      } else {
        shard.failures = 0;
        shard.waiting.splice(0, batch.length);
      }
    }
    shard.running = false;
  };

  return {
    size: () => shards.reduce((sum, { waiting }) => sum + waiting.length, 0),
    /** Facts in the order in which they were saved. */
    push(facts: readonly StampedFact[]): void {
      for (const [version, outbox] of Map.groupBy(facts, ({ factId }) => upToLast('#', factId))) {
        const shard = shards[place(upToLast('#', version))];
        if (shard === undefined) continue;
        shard.waiting.push(outbox);
        if (!shard.running) void flow(shard);
      }
    },
  };
};

const upToLast = (mark: string, text: string): string => text.slice(0, text.lastIndexOf(mark));

const place = (aggregate: string): number =>
  [...aggregate].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % shardCount;
