import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { makeTick } from '../../../functions/tick/tick.ts';
import { makeWatchSla } from '../../../functions/watch-sla/watch-sla.ts';
import { itemBytes } from '../../../infra/cli/costs/item-size.ts';
import { dueShard, openShard } from '../../../shared/adapters/due-shards.ts';
import { dynamoAggregates } from '../../../shared/adapters/dynamo-aggregates.ts';
import { dynamoDueIndex } from '../../../shared/adapters/dynamo-due-index.ts';
import { dynamoOpenIndex } from '../../../shared/adapters/dynamo-open-index.ts';
import { handoffCodecs } from '../../../shared/adapters/handoff-codecs.ts';
import { rosterCodecs } from '../../../shared/adapters/roster-codecs.ts';
import { handoffChanges, type SalesStates } from '../../../shared/commit-handoff.ts';
import { instantOf, MINUTE } from '../../../shared/domain/time.ts';
import { memoryMetrics } from '../../../shared/simulation/memory-metrics.ts';
import { memoryQueue } from '../../../shared/simulation/memory-queue.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { aHandoff, aRoster, monday } from '../../support/sales.ts';
import { type Read, sizedDynamo } from '../../support/sized-dynamo.ts';

const now = Date.parse(monday);
const clock = { now: () => monday };
const longAgo = (i: number) => instantOf(now - 3 * MINUTE - i * 1000);

/** `open` handoffs, of which the first `late` are due since up to a minute, and the others later. */
const watchOver = async (open: number, late: number) => {
  const reads: Read[] = [];
  const { client, items } = sizedDynamo((read) => reads.push(read));
  const aggregates = dynamoAggregates<SalesStates>(client, { ...handoffCodecs('t'), ...rosterCodecs('t') });
  await aggregates.commit([{ kind: 'roster', id: 'current', version: 0, state: aRoster(), facts: [] }]);

  // Late ones as they are opened; the others, which nobody is to read, differ from one of them in their keys.
  for (let i = 0; i < late; i++) {
    const dueAt = instantOf(now - (i % 60) * 1000);
    const plan = { accept: { dueAt, tiers: [{ name: 'breach', do: 'breach' as const, at: dueAt }] } };
    const next = aHandoff({ id: `late-${i}`, leadId: `of-late-${i}`, mqlAt: longAgo(i), plan });
    const loaded = { state: undefined, version: 0 } as const;
    const changes = await handoffChanges(aggregates, [{ loaded, next, facts: [] }], monday);
    await aggregates.commit(changes.filter(({ kind }) => kind === 'handoff'));
  }
  const model = items.get('handoff#late-0');
  for (let i = late; i < open; i++) {
    const id = `waiting-${i}`;
    const keys = { pk: `handoff#${id}`, due: dueShard(id), open: openShard(id), openSince: longAgo(i) };
    const dueAt = instantOf(now + MINUTE + i * 1000);
    items.set(keys.pk, { ...model, ...marshall({ ...keys, dueAt }) });
  }
  reads.length = 0;

  const queue = memoryQueue();
  const metrics = memoryMetrics();
  const index = dynamoDueIndex(client, { table: 't' });
  const tick = makeTick({
    sources: [{ index, queue, leased: false, open: dynamoOpenIndex(client, 't') }],
    metrics,
    clock,
  });
  const policy = onePolicy(publishedDefaultPolicy());
  const takeReads = () => reads.splice(0);
  return { tick, queue, metrics, takeReads, items, watch: makeWatchSla({ aggregates, policy, clock }) };
};

const unitsOf = (reads: readonly Read[]) => reads.reduce((sum, { units }) => sum + units, 0);
const rowsOf = (reads: readonly Read[], from: Read['from']) =>
  reads.reduce((sum, read) => sum + (read.from === from ? read.rows : 0), 0);

describe('a tick over 100,000 open handoffs', () => {
  it('reads what is due and nothing else, in four read units for 100 of them', async () => {
    const { tick, queue, metrics, takeReads, items } = await watchOver(100_000, 100);
    expect(await tick()).toBe(100);
    const reads = takeReads();
    expect(queue.messages).toHaveLength(100);
    expect(rowsOf(reads, 'due')).toBe(100);
    // One for each shard of the other index.
    expect(rowsOf(reads, 'open')).toBe(4);
    expect(rowsOf(reads, 'table')).toBe(0);
    // Half a unit for each shard of either index: up to 4 KB, eventually consistent.
    expect(unitsOf(reads)).toBe(4);
    expect(metrics.values.get('OldestOpenHandoffAgeSeconds')).toEqual([3 * 60 + 99_999]);

    // What it would take to look at all of them, as little as there is to read.
    let bytes = 0;
    for (const item of items.values()) bytes += itemBytes(item);
    expect(bytes / 4096 / 2 / unitsOf(reads)).toBeGreaterThan(1000);
  }, 60_000);

  it('costs the same as one over 1,000, and the watch the same for each that is due', async () => {
    const costs = [];
    for (const open of [1000, 20_000]) {
      const { tick, queue, takeReads, watch } = await watchOver(open, 10);
      await tick();
      const ofTick = unitsOf(takeReads());
      for (const { detail } of queue.messages) await watch(detail as Parameters<typeof watch>[0]);
      const reads = takeReads();
      costs.push({ ofTick, ofWatch: unitsOf(reads), readByWatch: reads.length });
      await tick();
      // All are moved on: nothing is due any more.
      expect(rowsOf(takeReads(), 'due')).toBe(0);
    }
    expect(costs[1]).toEqual(costs[0]);
    // Each handoff, its roster, and the loads of its team.
    expect(costs[0]?.readByWatch).toBeLessThanOrEqual(10 * 3);
  }, 60_000);

  it('goes on at the next one where more is due than one can take', async () => {
    const { tick, queue, takeReads } = await watchOver(3000, 1500);
    expect(await tick()).toBe(1000);
    expect(queue.messages).toHaveLength(1000);
    // It asks each shard for as many as it could take.
    expect(rowsOf(takeReads(), 'due')).toBeLessThanOrEqual(1500);
  });
});
