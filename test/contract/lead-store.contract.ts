import { beforeEach, describe, expect, it } from 'vitest';
import { foldEntries } from '../../shared/domain/fold/fold-entries.ts';
import type { Lead } from '../../shared/domain/lead.ts';
import type { LeadRecordStates } from '../../shared/domain/lead-records.ts';
import { compareEntries, type TimelineEntry, wholeSpan } from '../../shared/domain/timeline.ts';
import { stampFacts } from '../../shared/events/facts.ts';
import type {
  DueIndex,
  LeadPairStore,
  LeadReader,
  LeadRecords,
  NextLead,
  WaitingLeads,
} from '../../shared/ports.ts';
import { collect } from '../support/collect.ts';
import { publishedDefaultPolicy } from '../support/default-policy.ts';
import { plainLead } from '../support/plain-lead.ts';
import { aLead, aTimeline, type Happening } from '../support/scoring-timelines.ts';
import { day } from '../support/scoring-world.ts';

export type LeadsUnderTest = Readonly<{
  leads: LeadPairStore;
  records: LeadRecords;
  reader: LeadReader;
  dueIndex: DueIndex;
  waiting: WaitingLeads;
  /** The outbox of a lead, as its stream would show it; undefined: none. */
  outboxOf(leadId: string): Promise<string | undefined>;
}>;

const facts = (leadId: string) =>
  stampFacts(`lead-${leadId}`, 1, [
    { type: 'LeadEngaged', leadId, at: day(0), engagementId: 'e', kind: 'page-viewed', occurredAt: day(0) },
  ]);

const visits = (count: number, from = 0): Happening[] =>
  Array.from({ length: count }, (_, i) => [from + i / 24, 'case-study-viewed', `asset-${from}-${i}`]);

const marked = (kind: string, i: number): TimelineEntry => ({
  id: `${i}`.padStart(16, kind === 'page-viewed' ? 'a' : 'b'),
  at: Date.parse(day(40)) + i,
  kind,
});

/** What every store of leads keeps. Ids are fresh for each test, so tables may be shared. */
export const leadStoreContract = (name: string, make: () => Promise<LeadsUnderTest>) =>
  describe(`${name} keeps the contract of leads`, () => {
    let store: LeadsUnderTest;
    let id: string;
    beforeEach(async () => {
      store = await make();
      id = `l${crypto.randomUUID()}`;
    });
    const save = async (state: Lead, more: Partial<Pick<NextLead, 'dueAt' | 'entries'>> = {}) =>
      store.leads.save(id, await store.leads.load(id), { state, facts: [], ...more });
    const timeline = async (span = wholeSpan) => store.leads.timeline(id, await store.leads.load(id), span);
    /** As a decision does: what comes is added to what is recent. */
    const take = async (entries: readonly TimelineEntry[]) => {
      const loaded = await store.leads.load(id);
      const known = await store.leads.known(id, loaded, entries);
      const fresh = entries.filter((entry) => !known.has(entry.id));
      if (fresh.length === 0) return 'known';
      const before = loaded.state ?? aLead();
      const state = { ...before, count: before.count + fresh.length };
      return store.leads.save(id, loaded, { state, facts: [], entries: fresh.toSorted(compareEntries) });
    };

    it('knows nothing of what was never saved', async () => {
      expect(await store.leads.load(id)).toMatchObject({ state: undefined, version: 0 });
      expect(await timeline()).toEqual([]);
      expect(await store.reader.view(id, publishedDefaultPolicy(), day(0))).toBeUndefined();
    });

    it('saves, and loads what was saved', async () => {
      const entries = aTimeline([0, 'page-viewed'], [1, 'pricing-viewed', 'prices']);
      const state = aLead({ count: 2, cutOff: day(0), profileChanges: ['0123456789abcdef', 'p-1'] });
      expect(await save(state, { dueAt: day(9), entries })).toBe('saved');
      expect(await store.leads.load(id)).toMatchObject({ state, version: 1, dueAt: day(9) });
      expect((await store.leads.load(id, 'stale')).version).toBeLessThanOrEqual(1);
      expect(await timeline()).toEqual(entries);
    });

    it('refuses a lead that somebody saved since, and writes nothing', async () => {
      const loaded = await store.leads.load(id);
      const first = aLead({ count: 1 });
      const entries = aTimeline([0, 'page-viewed']);
      expect(await store.leads.save(id, loaded, { state: first, facts: [], entries })).toBe('saved');
      expect(await store.leads.save(id, loaded, { state: aLead(), facts: facts(id) })).toBe('conflict');
      expect(plainLead((await store.leads.load(id)).state!)).toEqual(first);
      expect(await timeline()).toEqual(entries);
      expect(await store.outboxOf(id)).toBeUndefined();
    });

    it('lets one of two writers win, also when the timeline is moved', async () => {
      for (let i = 0; i < 8; i++) {
        const loaded = await store.leads.load(id);
        const before = loaded.state ?? aLead();
        const outcomes = await Promise.all(
          ['page-viewed', 'pricing-viewed'].map((kind) => {
            const entries = [...aTimeline(...visits(4 * i + 4, 1)).slice(4 * i), marked(kind, i)];
            return store.leads.save(id, loaded, {
              state: before,
              facts: [],
              entries: entries.sort(compareEntries),
            });
          }),
        );
        expect(outcomes.sort()).toEqual(['conflict', 'saved']);
      }
      expect(await timeline()).toHaveLength(8 * 5);
    });

    it('keeps a long timeline whole and in order, whenever its parts came, and knows all of it', async () => {
      const all = aTimeline(...visits(160));
      // Every third comes late.
      const late = all.filter((_, i) => i % 3 === 0);
      const inTime = all.filter((_, i) => i % 3 !== 0);
      const arrivals = [...inTime, ...late];
      for (let count = 0; count < arrivals.length; count += 8)
        expect(await take(arrivals.slice(count, count + 8))).toBe('saved');
      expect(await timeline()).toEqual(all);
      for (let count = 0; count < arrivals.length; count += 8)
        expect(await take(arrivals.slice(count, count + 8))).toBe('known');
      const [from, until] = [all[30]!.at, all[90]!.at];
      expect(await timeline({ from, until })).toEqual(all.slice(30, 91));
      expect(await timeline({ from: until + 1, until: Infinity })).toEqual(all.slice(91));
      const stranger = { at: all[40]!.at, id: 'f'.repeat(16) };
      expect(await store.leads.known(id, await store.leads.load(id), [stranger, all[41]!])).toEqual(
        new Set([all[41]!.id]),
      );
    });

    it('takes a batch that is larger than its own item may be', async () => {
      const all = aTimeline(...visits(300));
      expect(await take(all)).toBe('saved');
      expect(await take([...aTimeline(...visits(301)), ...all])).toBe('saved');
      expect(await take(all)).toBe('known');
      expect(await timeline()).toEqual(aTimeline(...visits(301)));
    });

    it('keeps its own item small, however long the timeline', async () => {
      const all = aTimeline(...visits(200));
      for (const entry of all) await take([entry]);
      expect((await store.leads.load(id)).log.recent.length).toBeLessThan(40);
      expect((await store.leads.load(id)).state?.count).toBe(200);
    });

    it('keeps verdicts, also when something else is saved', async () => {
      const verdict = {
        id: 'c',
        engagementId: 'a'.repeat(16),
        verdict: 'void',
        sequence: 1,
        by: 'jo',
        reason: 'bot',
      } as const;
      await save(aLead({ verdicts: [verdict] }));
      expect((await store.leads.load(id)).state?.verdicts).toEqual([verdict]);
      await take(aTimeline([0, 'page-viewed']));
      expect((await store.leads.load(id)).state?.verdicts).toEqual([verdict]);
      const second = {
        ...verdict,
        id: 'd',
        sequence: 2,
        verdict: 'release',
        at: day(1),
        untold: true,
      } as const;
      const loaded = await store.leads.load(id);
      const state = { ...loaded.state!, verdicts: [verdict, second] };
      expect(await store.leads.save(id, loaded, { state, facts: [] })).toBe('saved');
      expect(await store.leads.save(id, loaded, { state: { ...state, verdicts: [] }, facts: [] })).toBe(
        'conflict',
      );
      expect((await store.leads.load(id)).state?.verdicts).toEqual([verdict, second]);
    });

    it('tells the facts of a write with it, and not again with the next', async () => {
      const loaded = await store.leads.load(id);
      await store.leads.save(id, loaded, { state: aLead(), facts: facts(id) });
      expect(JSON.parse((await store.outboxOf(id)) ?? '')).toEqual(facts(id));
      await save(aLead({ stage: 'mql' }));
      expect(await store.outboxOf(id)).toBeUndefined();
    });

    it('is found when it is due, and no longer when it is not', async () => {
      const found = async () => (await store.dueIndex.due(day(1), 1000)).filter((item) => item.id === id);
      await save(aLead(), { dueAt: day(1) });
      expect(await found()).toEqual([{ kind: 'lead', id, dueAt: day(1) }]);
      await save(aLead());
      expect(await found()).toEqual([]);
    });

    it('is found among those who wait for a person, as long as it does and nothing is due', async () => {
      const wouldBeMql = { by: 'asked', causeId: 'e', since: day(0) } as const;
      const isFound = async () => (await collect(store.waiting.ids())).includes(id);
      await save(aLead({ wouldBeMql }));
      expect(await isFound()).toBe(true);
      const loaded = await store.leads.load(id);
      expect(loaded.state?.wouldBeMql).toEqual(wouldBeMql);
      expect(loaded.dueAt).toBeUndefined();
      expect((await store.dueIndex.due(day(1000), 1000)).some((item) => item.id === id)).toBe(false);
      await save(aLead({ wouldBeMql }), { dueAt: day(1) });
      expect(await isFound()).toBe(false);
      await save(aLead({ wouldBeMql }));
      expect(await isFound()).toBe(true);
      await save(aLead());
      expect(await isFound()).toBe(false);
    });

    it('is found again when a lease is over, and keeps its version', async () => {
      await save(aLead(), { dueAt: day(1) });
      expect(await store.dueIndex.lease({ kind: 'lead', id, dueAt: day(1) }, day(2))).toBe(true);
      expect(await store.dueIndex.lease({ kind: 'lead', id, dueAt: day(1) }, day(3))).toBe(false);
      expect(await store.leads.load(id)).toMatchObject({ version: 1, dueAt: day(2) });
    });

    it.each<{ [K in keyof LeadRecordStates]: [K, LeadRecordStates[K]] }[keyof LeadRecordStates]>([
      ['profile', { email: { value: 'jo@acme.example', at: day(0) }, employees: { value: 20, at: day(1) } }],
      ['identity', { leadId: 'l1', identifiedBy: { email: 'email#h' } }],
      ['account', { status: 'customer', owner: 'r-1', openDeal: false, at: day(0) }],
      ['receipt', { receivedAt: day(0) }],
    ])('keeps a record of kind %s, and refuses a stale one', async (kind, state) => {
      const change = { kind, id, version: 0, state, facts: [] };
      expect(await store.records.load(kind, id)).toEqual({ state: undefined, version: 0 });
      expect(await store.records.commit([change])).toBe('saved');
      expect(await store.records.commit([change])).toBe('conflict');
      expect(await store.records.load(kind, id)).toEqual({ state, version: 1 });
      expect(await store.records.commit([{ ...change, version: 1 }])).toBe('saved');
    });

    it('shows a lead together with its profile', async () => {
      const entries = aTimeline([0, 'page-viewed']);
      const { policy } = publishedDefaultPolicy();
      await save(aLead({ count: 1, tally: foldEntries(entries, policy) }), { entries });
      const state = { country: { value: 'DE', at: day(0) } };
      await store.records.commit([{ kind: 'profile', id, version: 0, state, facts: [] }]);
      expect(await store.reader.view(id, publishedDefaultPolicy(), day(0))).toMatchObject({
        leadId: id,
        stage: 'inquiry',
        score: 7,
        country: 'DE',
      });
    });

    describe('for two leads that become one', () => {
      const other = () => `${id}-other`;
      const start = async () => {
        for (const [i, entry] of aTimeline(...visits(60)).entries())
          if (i % 2 === 0) await take([entry]);
          else {
            const loaded = await store.leads.load(other());
            const state = loaded.state ?? aLead({ verdicts: [verdict] });
            await store.leads.save(other(), loaded, { state, facts: [], entries: [entry] });
          }
      };
      const verdict = {
        id: 'v',
        engagementId: 'e',
        verdict: 'hold',
        sequence: 1,
        by: 'bo',
        reason: 'so',
      } as const;
      const mergedInto = () => ({ into: id, id: 'm', by: 'bo', reason: 'so', at: day(50) });
      const pairOf = async () => {
        const [stays, goes] = [await store.leads.load(id), await store.leads.load(other())];
        const absorbed = [{ id: other(), at: day(50), until: Date.parse(day(49)) }];
        return [
          {
            leadId: id,
            loaded: stays,
            next: { state: { ...stays.state!, absorbed, verdicts: [verdict] }, facts: [] },
          },
          {
            leadId: other(),
            loaded: goes,
            next: {
              state: { ...goes.state!, mergedInto: mergedInto() },
              facts: facts(other()),
              dueAt: day(51),
            },
          },
        ];
      };

      it('saves both or neither', async () => {
        await start();
        const pair = await pairOf();
        await take([marked('page-viewed', 1)]);
        expect(await store.leads.saveBoth(pair)).toBe('conflict');
        expect((await store.leads.load(other())).state?.mergedInto).toBeUndefined();
        expect(await store.leads.saveBoth(await pairOf())).toBe('saved');
        const goes = await store.leads.load(other());
        expect(goes).toMatchObject({
          dueAt: day(51),
          state: { mergedInto: mergedInto(), verdicts: [verdict] },
        });
        expect(await store.outboxOf(other())).toContain('LeadEngaged');
        expect((await store.leads.load(id)).state).toMatchObject({ verdicts: [verdict] });
      });

      it('has one timeline, wherever it is kept', async () => {
        await start();
        const both = aTimeline(...visits(60));
        await store.leads.saveBoth(await pairOf());
        expect(await timeline()).toEqual(both);
        expect(await timeline({ from: both[7]!.at, until: both[30]!.at })).toEqual(both.slice(7, 31));
        const loaded = await store.leads.load(id);
        expect((await store.leads.known(id, loaded, both)).size).toBe(60);
        const strangers = both.map(({ at, id: name }) => ({ at, id: `f${name.slice(1)}` }));
        expect((await store.leads.known(id, loaded, strangers)).size).toBe(0);
        expect(await take([both[7]!])).toBe('known');
        expect(await store.reader.view(other(), publishedDefaultPolicy(), day(50))).toMatchObject({
          leadId: id,
        });
      });
    });
  });
