import { beforeEach, describe, expect, it } from 'vitest';
import { stampFacts } from '../../shared/events/facts.ts';
import type { Aggregates, Change, DueIndex, OpenIndex } from '../../shared/ports.ts';

export type Crates = { crate: { apples: number; label?: string }; shelf: { crates: string[] } };

export type AggregatesUnderTest = Readonly<{
  aggregates: Aggregates<Crates>;
  dueIndex: DueIndex;
  openIndex: OpenIndex;
  /** The outbox of an item, as its stream would show it; undefined: none. */
  outboxOf(kind: keyof Crates, id: string): Promise<string | undefined>;
}>;

const aCrate = (id: string, version: number, overrides: Partial<Change<'crate', Crates['crate']>> = {}) =>
  ({ kind: 'crate', id, version, state: { apples: version }, facts: [], ...overrides }) as const;

const aFact = (leadId: string) =>
  stampFacts('crate-1', 1, [
    { type: 'HandoffWithdrawn', leadId, handoffId: 'h', reason: 'gone', at: '2026-11-02T09:00:00.000Z' },
  ]);

/** What every store of aggregates keeps. Ids are fresh for each test, so tables may be shared. */
export const aggregatesContract = (name: string, make: () => Promise<AggregatesUnderTest>) =>
  describe(`${name} keeps the contract of aggregates`, () => {
    let store: AggregatesUnderTest;
    let id: string;
    beforeEach(async () => {
      store = await make();
      id = crypto.randomUUID();
    });

    it('knows nothing of what was never saved', async () => {
      expect(await store.aggregates.load('crate', id)).toEqual({ state: undefined, version: 0 });
    });

    it('saves, and loads what was saved, without fields that were undefined', async () => {
      const { aggregates } = store;
      const state = { apples: 3, label: undefined };
      expect(await aggregates.commit([aCrate(id, 0, { state })])).toBe('saved');
      expect(await aggregates.load('crate', id)).toEqual({ state: { apples: 3 }, version: 1 });
    });

    it('refuses to create what exists', async () => {
      const { aggregates } = store;
      await aggregates.commit([aCrate(id, 0)]);
      expect(await aggregates.commit([aCrate(id, 0, { state: { apples: 9 } })])).toBe('conflict');
      expect(await aggregates.load('crate', id)).toMatchObject({ state: { apples: 0 } });
    });

    it('refuses a stale change', async () => {
      const { aggregates } = store;
      await aggregates.commit([aCrate(id, 0)]);
      expect(await aggregates.commit([aCrate(id, 1)])).toBe('saved');
      expect(await aggregates.commit([aCrate(id, 1, { state: { apples: 9 } })])).toBe('conflict');
      expect(await aggregates.load('crate', id)).toEqual({ state: { apples: 1 }, version: 2 });
    });

    it('changes several items together or none of them', async () => {
      const { aggregates } = store;
      await aggregates.commit([aCrate(id, 0)]);
      const shelf = { kind: 'shelf', id, version: 0, state: { crates: [id] }, facts: [] } as const;
      expect(await aggregates.commit([shelf, aCrate(id, 0)])).toBe('conflict');
      expect(await aggregates.load('shelf', id)).toEqual({ state: undefined, version: 0 });
      expect(await aggregates.commit([shelf, aCrate(id, 1)])).toBe('saved');
      expect(await aggregates.load('shelf', id)).toEqual({ state: { crates: [id] }, version: 1 });
    });

    it('lets one of two that save at once win', async () => {
      const { aggregates } = store;
      await aggregates.commit([aCrate(id, 0)]);
      const outcomes = await Promise.all([
        aggregates.commit([aCrate(id, 1, { state: { apples: 10 } })]),
        aggregates.commit([aCrate(id, 1, { state: { apples: 20 } })]),
      ]);
      expect(outcomes.toSorted()).toEqual(['conflict', 'saved']);
    });

    it('lets the facts of a change leave with it, and none with the next', async () => {
      const { aggregates, outboxOf } = store;
      const facts = aFact(id);
      await aggregates.commit([aCrate(id, 0, { facts })]);
      expect(JSON.parse((await outboxOf('crate', id)) ?? '')).toEqual(facts);
      await aggregates.commit([aCrate(id, 1)]);
      expect(await outboxOf('crate', id)).toBeUndefined();
    });

    it('finds what is due until its own change moves it', async () => {
      const { aggregates, dueIndex } = store;
      const isDue = async (now: string) => (await dueIndex.due(now, 1000)).filter((item) => item.id === id);
      const dueAt = '2026-11-02T09:00:00.000Z';
      await aggregates.commit([aCrate(id, 0, { dueAt })]);
      expect(await isDue('2026-11-02T08:59:59.999Z')).toEqual([]);
      expect(await isDue(dueAt)).toEqual([{ kind: 'crate', id, dueAt }]);
      await aggregates.commit([aCrate(id, 1)]);
      expect(await isDue('2027-01-01T00:00:00.000Z')).toEqual([]);
    });

    it('knows the oldest that is open, until it is answered', async () => {
      const { aggregates, openIndex, dueIndex } = store;
      const since = (day: number) => `2020-01-0${day}T09:00:00.000Z`;
      const [other, dueAt] = [crypto.randomUUID(), '2020-02-01T09:00:00.000Z'];
      await aggregates.commit([aCrate(id, 0, { openSince: since(2), dueAt })]);
      await aggregates.commit([aCrate(other, 0, { openSince: since(1) })]);
      expect(await openIndex.oldest()).toBe(since(1));
      await aggregates.commit([aCrate(other, 1)]);
      // Being put off is no answer.
      await dueIndex.lease({ kind: 'crate', id, dueAt }, '2020-03-01T09:00:00.000Z');
      expect(await openIndex.oldest()).toBe(since(2));
      await aggregates.commit([aCrate(id, 1)]);
      expect(await openIndex.oldest()).toBeUndefined();
    });

    it('leases what is due to one taker, without bringing its facts again', async () => {
      const { aggregates, dueIndex, outboxOf } = store;
      const dueAt = '2026-11-02T09:00:00.000Z';
      const until = '2026-11-02T09:15:00.000Z';
      await aggregates.commit([aCrate(id, 0, { dueAt, facts: aFact(id) })]);
      expect(await dueIndex.lease({ kind: 'crate', id, dueAt }, until)).toBe(true);
      expect(await dueIndex.lease({ kind: 'crate', id, dueAt }, until)).toBe(false);
      expect(await outboxOf('crate', id)).toBeUndefined();
      // The lease is no change of the item: whoever loaded it before may still save.
      expect(await aggregates.commit([aCrate(id, 1)])).toBe('saved');
    });
  });
