import { describe, expect, it } from 'vitest';
import { dynamoLeadItems } from '../../../shared/adapters/dynamo-lead-items.ts';
import type { TimelineEntry } from '../../../shared/domain/timeline.ts';
import { compareEntries } from '../../../shared/domain/timeline.ts';
import { leadLog } from '../../../shared/leads/log/lead-log.ts';
import { fullAt } from '../../../shared/simulation/memory-lead-items.ts';
import { Crash, type CrashPoint, crashing } from '../../support/crashes.ts';
import { faultsOf, take } from '../../support/lead-log-run.ts';
import { meteredDynamo } from '../../support/metered-dynamo.ts';

const start = Date.UTC(2026, 10, 2);
const at = (minute: number, name = minute): TimelineEntry => ({
  id: name.toString(16).padStart(16, '0'),
  at: start + minute * 60_000,
  kind: 'page-viewed',
});
const minutes = (...each: readonly number[]) => each.map((minute) => [at(minute)]);

/** Heads with 6 are full, and keep 3 open. */
const situations: Readonly<Record<string, readonly (readonly TimelineEntry[])[]>> = {
  'the ring: the write that freezes, and copies of what it froze': [
    ...minutes(1, 2, 3, 4, 5, 6),
    ...minutes(1, 3, 6),
  ],
  'the spill: the writes that move and drop, twice over': [
    ...minutes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    ...minutes(2, 5, 8, 12),
  ],
  'the spill of batches': [
    [at(1), at(2), at(3), at(4), at(5), at(6), at(7)],
    [at(8), at(9), at(10), at(11), at(12)],
    [at(13), at(1), at(8)],
    ...minutes(14),
  ],
  'the slow path: late ones, which leave as markers, and copies of them': [
    ...minutes(10, 20, 30, 40, 50, 60, 70, 80),
    ...minutes(15, 25, 26, 5),
    ...minutes(90, 100, 110, 120),
    ...minutes(15, 26, 5, 10, 35),
  ],
  'the slow path among those of one time': [
    ...[7, 3, 9, 1, 8, 2, 6, 4, 5].map((name) => [at(0, name)]),
    ...[1, 5, 9, 0].map((name) => [at(0, name)]),
  ],
};

const run = async (batches: readonly (readonly TimelineEntry[])[], point?: CrashPoint) => {
  const client = meteredDynamo();
  const { wrap, calls } = crashing(point);
  const storeOf = (through: typeof client) => {
    const items = { ...dynamoLeadItems(through, 'leads'), pause: async () => undefined };
    return { items, calm: leadLog(items, fullAt(6)) };
  };
  const calm = storeOf(client);
  let store = storeOf(wrap(client)).calm;
  for (const batch of batches) {
    try {
      await take(store, batch, false);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      // Another one takes over.
      store = calm.calm;
      await take(store, batch, false);
    }
  }
  const entries = [...new Map(batches.flat().map((entry) => [entry.id, entry])).values()].sort(
    compareEntries,
  );
  return { calls: calls(), faults: await faultsOf({ entries, batches, judged: false }, { ...calm }) };
};

describe.each(Object.entries(situations))('%s', (_, batches) => {
  it('comes out right', async () => {
    expect((await run(batches)).faults).toEqual([]);
  });

  it.each(['before', 'after'] as const)('comes out right when it stops %s any call', async (when) => {
    const { calls } = await run(batches);
    expect(calls).toBeGreaterThan(2 * batches.length - 5);
    for (let call = 0; call < calls; call++)
      expect({ call, faults: (await run(batches, { call, when })).faults }).toEqual({ call, faults: [] });
  });
});
