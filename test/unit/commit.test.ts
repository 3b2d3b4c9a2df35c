import { describe, expect, it } from 'vitest';
import { ContentionError, changeOf, decideAndCommit } from '../../shared/commit.ts';
import type { Aggregates } from '../../shared/ports.ts';
import { memoryAggregates, memoryTable } from '../../shared/simulation/memory-aggregates.ts';

type States = { counter: { count: number } };

const increment = (aggregates: Aggregates<States>) =>
  decideAndCommit(aggregates, async () => {
    const loaded = await aggregates.load('counter', 'c');
    const count = (loaded.state?.count ?? 0) + 1;
    return { changes: [changeOf('counter', 'c', loaded, { state: { count } })], result: count };
  });

describe('deciding and committing', () => {
  it('decides again from what is true after a lost race, so no change is lost', async () => {
    const aggregates = memoryAggregates<States>(memoryTable());
    const results = await Promise.all([increment(aggregates), increment(aggregates), increment(aggregates)]);
    expect(results.toSorted()).toEqual([1, 2, 3]);
    expect(await aggregates.load('counter', 'c')).toEqual({ state: { count: 3 }, version: 3 });
  });

  it('writes nothing when nothing happened', async () => {
    const table = memoryTable();
    expect(
      await decideAndCommit(memoryAggregates<States>(table), async () => ({
        changes: [],
        result: 'unchanged',
      })),
    ).toBe('unchanged');
    expect(table.items.size).toBe(0);
  });

  it('gives up after eight lost races by throwing, so that the message comes again', async () => {
    let attempts = 0;
    const contended: Aggregates<States> = {
      load: async () => ({ state: undefined, version: 0 }),
      commit: async () => {
        attempts += 1;
        return 'conflict';
      },
      pause: async () => undefined,
    };
    await expect(increment(contended)).rejects.toBeInstanceOf(ContentionError);
    expect(attempts).toBe(8);
  });

  it('stamps facts with the version under which they are saved, the same when decided again', () => {
    const fact = {
      type: 'HandoffWithdrawn',
      leadId: 'l',
      handoffId: 'h',
      reason: 'won',
      at: '2026-11-02T09:00:00.000Z',
    } as const;
    const change = () =>
      changeOf('handoff', 'h', { state: {}, version: 4 }, { state: {}, facts: [fact, fact] });
    expect(change().facts.map(({ factId }) => factId)).toEqual(['handoff-h#5#0', 'handoff-h#5#1']);
    expect(change()).toEqual(change());
  });
});
