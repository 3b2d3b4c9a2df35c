import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { makeAdvanceLead } from '../../../functions/advance-lead/advance-lead.ts';
import {
  type HistoryMessage,
  type LeadMessage,
  makeScoreLead,
  makeTakeHistory,
} from '../../../functions/score-lead/score-lead.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import type { HandoffStates } from '../../../shared/domain/handoff.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import {
  type MemoryTable,
  memoryAggregates,
  memoryTable,
} from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadRecords, memoryLeads } from '../../../shared/simulation/memory-leads.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import type { CrashPoint } from '../../support/crashes.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { redelivered } from '../../support/redelivery.ts';
import {
  aDeal,
  anEngagement,
  aProfileChange,
  day,
  dealMessage,
  engagementMessage,
  idealTraits,
  profileMessage,
  testKeyedHash,
} from '../../support/scoring-world.ts';

const published = publishedDefaultPolicy({ zone: 'UTC' });
const now = day(40);
const lead = { email: 'jo@acme.example' };
type Wrap = <P extends object>(port: P) => P;
const plain: Wrap = (port) => port;

const depsOf = (table: MemoryTable, wrap: Wrap) => ({
  leads: wrap(memoryLeads(table)),
  records: wrap(memoryLeadRecords(table)),
  rawLog: wrap({ append: async () => undefined }),
  policy: onePolicy(published),
  clock: { now: () => now },
  keyedHash: testKeyedHash,
  handoffs: memoryAggregates<HandoffStates>(memoryTable()),
});

const engagement = fc
  .record({
    kind: fc.constantFrom(
      'page-viewed',
      'pricing-viewed',
      'content-downloaded',
      'webinar-attended',
      'demo-requested',
    ),
    occurredAt: fc.integer({ min: 0, max: 320 }).map((step) => day(step / 8)),
  })
  .map((one) => (id: string) => engagementMessage(anEngagement({ ...one, id, lead }), now));
const deal = fc
  .record({
    outcome: fc.constantFrom('won' as const, 'lost' as const),
    at: fc.integer({ min: 0, max: 40 }).map(day),
  })
  .map((one) => (id: string) => dealMessage(aDeal({ ...one, id, lead }), now));

const profile = profileMessage(
  aProfileChange({ id: 'profile', lead, occurredAt: day(1), traits: idealTraits }),
  now,
);

/** A history of one lead, and its copies in any order, cut into deliveries. */
const history = fc
  .tuple(fc.array(engagement, { minLength: 1, maxLength: 12 }), fc.array(deal, { maxLength: 2 }))
  .map(([engagements, deals]): HistoryMessage[] => [
    profile,
    ...engagements.map((make, i) => make(`e${(i * 7) % 101}`)),
    ...deals.map((make, i) => make(`d${i}`)),
  ])
  .chain((all) =>
    fc.record({
      all: fc.constant(all),
      batches: fc
        .tuple(
          fc.shuffledSubarray([...all], { minLength: all.length }),
          fc.subarray([...all]),
          fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }),
        )
        .map(([first, again, sizes]) => {
          const queue = [...first, ...again];
          const cut: HistoryMessage[][] = [];
          for (let i = 0; queue.length > 0; i++) cut.push(queue.splice(0, sizes[i % sizes.length]));
          return cut;
        }),
    }),
  );

const crashes = fc.array(
  fc.record({ call: fc.nat(14), when: fc.constantFrom<CrashPoint['when']>('before', 'after') }),
);

const leadId = `l${await testKeyedHash.of(`email:${lead.email}`)}`;
const stateIn = async (table: MemoryTable) => (await memoryLeads(table).load(leadId)).state;
const timelineIn = async (table: MemoryTable) => {
  const leads = memoryLeads(table);
  return leads.timeline(leadId, await leads.load(leadId), wholeSpan);
};

const told = (table: MemoryTable) => table.stream.map(({ type }) => type);

describe('history', () => {
  test.prop([history, crashes], { numRuns: 200 })(
    'comes to the same in any order, with copies, and stopped between any two calls; and starts nothing',
    async ({ all, batches }, points) => {
      const expected = memoryTable();
      await makeTakeHistory(depsOf(expected, plain))(all);
      const table = memoryTable();
      const left = [...points];
      for (const batch of batches)
        await redelivered(left, (wrap) => makeTakeHistory(depsOf(table, wrap))(batch));
      expect(told(table)).toEqual([]);
      const [state, whole] = [await stateIn(table), await stateIn(expected)];
      expect(await timelineIn(table)).toEqual(await timelineIn(expected));
      // Which of several engagements is named depends on the order in which they came.
      expect({ ...state?.wouldBeMql, causeId: '' }).toEqual({ ...whole?.wouldBeMql, causeId: '' });
      expect({ stage: state?.stage, deal: state?.deal }).toEqual({ stage: whole?.stage, deal: whole?.deal });

      const before = await stateIn(table);
      for (const batch of batches) await makeTakeHistory(depsOf(table, plain))(batch);
      expect(await stateIn(table)).toEqual(before);
    },
  );

  test.prop([history, fc.infiniteStream(fc.boolean())], { numRuns: 200 })(
    'and live copies of the same count once, in any order',
    async ({ all, batches }, isLive) => {
      const table = memoryTable();
      for (const batch of batches) {
        const live = isLive.next().value;
        // A deal takes another way when it is live.
        if (live) {
          const messages = batch.filter((message): message is LeadMessage => message.type !== 'DealChanged');
          if (messages.length > 0) await makeScoreLead(depsOf(table, plain))(messages);
        }
        await makeTakeHistory(depsOf(table, plain))(batch);
      }
      const ids = all.flatMap(({ type, detail }) => (type === 'EngagementRecorded' ? [detail.id] : []));
      expect((await timelineIn(table)).map(({ id }) => id).sort()).toEqual(ids.map(engagementRef).sort());
      expect(new Set(table.stream.map(({ factId }) => factId)).size).toBe(table.stream.length);
    },
  );

  test.prop([history, crashes], { numRuns: 200 })(
    'is let go on once, however often it is said, and stopped between any two calls',
    async ({ all }, points) => {
      const table = memoryTable();
      await makeTakeHistory(depsOf(table, plain))(all);
      const marked = (await stateIn(table))?.wouldBeMql !== undefined;
      const left = [...points];
      for (let times = 0; times < 2; times++)
        await redelivered(left, (wrap) =>
          makeAdvanceLead(depsOf(table, wrap)).activate({ leadId, by: 'ops' }),
        );
      expect(told(table)).toEqual(marked ? ['LeadStageChanged'] : []);
      expect((await stateIn(table))?.wouldBeMql).toBeUndefined();
    },
  );
});
