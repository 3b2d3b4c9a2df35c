import { describe, expect, it } from 'vitest';
import { type DueSource, makeTick } from '../../functions/tick/tick.ts';
import type { DueIndex, DueItem } from '../../shared/ports.ts';
import {
  memoryAggregates,
  memoryDueIndex,
  memoryOpenIndex,
  memoryTable,
} from '../../shared/simulation/memory-aggregates.ts';
import { memoryMetrics } from '../../shared/simulation/memory-metrics.ts';
import { memoryQueue } from '../../shared/simulation/memory-queue.ts';

const now = '2026-11-23T10:00:00.000Z';
const early = '2026-11-23T09:58:30.000Z';
const clock = { now: () => now };

const indexOf = async (items: readonly DueItem[]) => {
  const table = memoryTable();
  const store = memoryAggregates<Record<string, object>>(table);
  for (const { kind, id, dueAt } of items)
    await store.commit([{ kind, id, version: 0, state: {}, facts: [], dueAt }]);
  return memoryDueIndex(table);
};

const source = (over: Partial<DueSource> & Pick<DueSource, 'index'>) => {
  const queue = memoryQueue();
  return { queue, source: { queue, leased: false, ...over } satisfies DueSource };
};

const brokenIndex: DueIndex = {
  due: () => Promise.reject(new Error('table is gone')),
  lease: () => Promise.reject(new Error('table is gone')),
};

const due = (id: string, dueAt = early): DueItem => ({ kind: 'handoff', id, dueAt });

describe('tick', () => {
  it('queues what is due, and again until it moves', async () => {
    const { source: handoffs, queue } = source({
      index: await indexOf([due('h-1'), due('h-2', '2026-11-23T10:00:00.001Z')]),
    });
    const tick = makeTick({ sources: [handoffs], metrics: memoryMetrics(), clock });
    expect(await tick()).toBe(1);
    expect(await tick()).toBe(1);
    const message = { type: 'Due', detail: { kind: 'handoff', id: 'h-1', dueAt: early } };
    expect(queue.messages).toEqual([message, message]);
  });

  it('leases slow work for 15 minutes before it queues it', async () => {
    const index = await indexOf([due('n-1')]);
    const { source: nurture, queue } = source({ index, leased: true });
    const tick = makeTick({ sources: [nurture], metrics: memoryMetrics(), clock });
    expect(await tick()).toBe(1);
    expect(await tick()).toBe(0);
    expect(queue.messages).toHaveLength(1);
    expect(await index.due('2026-11-23T10:15:00.000Z', 10)).toEqual([due('n-1', '2026-11-23T10:15:00.000Z')]);
  });

  it('leaves out what somebody else has moved in between', async () => {
    const index = await indexOf([due('n-1')]);
    const { source: nurture, queue } = source({
      index: { ...index, due: async () => [due('n-1', '2026-11-23T09:00:00.000Z')] },
      leased: true,
    });
    await makeTick({ sources: [nurture], metrics: memoryMetrics(), clock })();
    expect(queue.messages).toEqual([]);
  });

  it('comes back to a leased one that was not queued', async () => {
    const index = await indexOf([due('n-1')]);
    const { source: nurture } = source({ index, leased: true });
    const queue = { send: () => Promise.reject(new Error('queue is gone')) };
    const tick = makeTick({ sources: [{ ...nurture, queue }], metrics: memoryMetrics(), clock });
    await expect(tick()).rejects.toThrow('1 of 1');
    expect(await index.due('2026-11-23T10:15:00.000Z', 10)).toHaveLength(1);
  });

  it('serves the other tables when one fails, and fails then', async () => {
    const { source: broken } = source({ index: brokenIndex });
    const { source: handoffs, queue } = source({ index: await indexOf([due('h-1')]) });
    const metrics = memoryMetrics();
    const tick = makeTick({ sources: [broken, handoffs], metrics, clock });
    await expect(tick()).rejects.toThrow('1 of 2');
    expect(queue.messages).toHaveLength(1);
    expect(metrics.values.get('OldestDueAgeSeconds')).toEqual([90]);
  });

  it('tells how long the longest has been open, due or not, and 0 if nothing is', async () => {
    const table = memoryTable();
    const store = memoryAggregates<Record<string, object>>(table);
    const { source: handoffs } = source({ index: memoryDueIndex(table) });
    const metrics = memoryMetrics();
    const tick = makeTick({
      sources: [{ ...handoffs, open: memoryOpenIndex(table) }],
      metrics,
      clock,
    });
    await tick();
    const item = { kind: 'handoff', id: 'h-1', state: {}, facts: [] };
    await store.commit([{ ...item, version: 0, openSince: '2026-11-23T09:00:00.000Z' }]);
    await tick();
    await store.commit([{ ...item, version: 1 }]);
    await tick();
    expect(metrics.values.get('OldestOpenHandoffAgeSeconds')).toEqual([0, 3600, 0]);
  });

  it.each<[string, Partial<DueSource>]>([
    ['what is open', { open: { oldest: () => Promise.reject(new Error('index is gone')) } }],
    ['what is due', { index: brokenIndex, open: { oldest: async () => undefined } }],
  ])('claims nothing of open ones where it cannot read %s', async (_, broken) => {
    const { source: handoffs } = source({ index: await indexOf([]), ...broken });
    const metrics = memoryMetrics();
    await expect(makeTick({ sources: [handoffs], metrics, clock })()).rejects.toThrow('1 of 1');
    expect(metrics.values.has('OldestOpenHandoffAgeSeconds')).toBe(false);
  });

  it('tells how long the oldest has been due, 0 if nothing is', async () => {
    const { source: handoffs } = source({ index: await indexOf([due('h-1'), due('h-2', now)]) });
    const { source: digests } = source({ index: await indexOf([]) });
    const metrics = memoryMetrics();
    await makeTick({ sources: [handoffs, digests], metrics, clock })();
    expect(metrics.values.get('OldestDueAgeSeconds')).toEqual([90]);
  });
});
