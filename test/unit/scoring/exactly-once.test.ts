import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { LeadMessage } from '../../../functions/score-lead/score-lead.ts';
import { makeScoreLead } from '../../../functions/score-lead/score-lead.ts';
import { paymentsOf } from '../../../shared/domain/fold/payments.ts';
import { engagementAt } from '../../../shared/domain/fold/score.ts';
import { receiptId } from '../../../shared/domain/lead-records.ts';
import type { EngagementRecorded } from '../../../shared/events/inbound.ts';
import type { LeadStore } from '../../../shared/ports.ts';
import { memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadRecords, memoryLeads } from '../../../shared/simulation/memory-leads.ts';
import { naiveEngagement } from '../../../shared/simulation/naive-score.ts';
import { Crash, type CrashPoint, crashing } from '../../support/crashes.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { redelivered } from '../../support/redelivery.ts';
import {
  aProfileChange,
  day,
  engagementMessage,
  idealTraits,
  profileMessage,
  testKeyedHash,
} from '../../support/scoring-world.ts';

const published = publishedDefaultPolicy({ zone: 'UTC' });
const { policy } = published;
const now = day(40);
const lead = { email: 'jo@acme.example' };
const kinds = policy.scoring.rules.flatMap(({ kind }) => kind);

const engagement: fc.Arbitrary<Omit<EngagementRecorded, 'id'>> = fc.record({
  kind: fc.constantFrom(...kinds, 'page-viewed', 'page-viewed', 'pricing-viewed', 'case-study-viewed'),
  // Coarse, so that several happen at the same moment.
  occurredAt: fc.integer({ min: 0, max: 40 * 8 }).map((step) => day(step / 8)),
  lead: fc.constant(lead),
  properties: fc.record({ asset: fc.constantFrom(...'abcdefghijklmnopqrst') }),
});

const engagements = fc
  .array(engagement, { minLength: 1, maxLength: 25 })
  .map((all) => all.map((one, i) => ({ ...one, id: `e${(i * 7) % 101}` })));

/** Copies of all, in any order, cut into deliveries. */
const deliveries = (messages: readonly LeadMessage[]): fc.Arbitrary<readonly (readonly LeadMessage[])[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...messages], { minLength: messages.length }),
      fc.subarray([...messages]),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 }),
    )
    .map(([all, again, sizes]) => {
      const queue = [...all, ...again];
      const cut: LeadMessage[][] = [];
      for (let i = 0; queue.length > 0; i++) cut.push(queue.splice(0, sizes[i % sizes.length]));
      return cut;
    });

const profile = profileMessage(
  aProfileChange({
    id: 'profile-1',
    lead,
    traits: idealTraits,
    consent: { basis: 'opt-in', at: day(1), proof: 'form' },
  }),
  day(40),
);

const crashPoints = (calls: number): fc.Arbitrary<CrashPoint[]> =>
  fc.array(fc.record({ call: fc.nat(calls), when: fc.constantFrom('before', 'after') }));

const history = engagements.chain((all) =>
  fc.record({
    all: fc.constant(all),
    batches: deliveries([...all.map((one) => engagementMessage(one, day(40))), profile]),
  }),
);

const scoring = (table = memoryTable(), wrap: <P extends object>(port: P) => P = (port) => port, at = now) =>
  makeScoreLead({
    leads: wrap(memoryLeads(table)),
    records: wrap(memoryLeadRecords(table)),
    rawLog: wrap({ append: async () => undefined }),
    policy: { current: async () => published },
    clock: { now: () => at },
    keyedHash: testKeyedHash,
  });

const leadId = async () => `l${await testKeyedHash.of(`email:${lead.email}`)}`;

const expectExactlyOnce = async (
  table: ReturnType<typeof memoryTable>,
  all: readonly EngagementRecorded[],
) => {
  const { state } = await memoryLeads(table).load(await leadId());
  const inOrder = [...new Map(all.map((one) => [one.id, one])).values()]
    .map(({ id, occurredAt }) => `${occurredAt} ${id}`)
    .sort();
  expect(state?.timeline.map(({ id, occurredAt }) => `${occurredAt} ${id}`)).toEqual(inOrder);
  const t = Date.parse(now);
  expect(engagementAt(paymentsOf(state?.timeline ?? [], '', policy), policy, t)).toBeCloseTo(
    naiveEngagement(all, policy, t),
    9,
  );
  const intents = new Set(policy.scoring.rules.filter(({ intent }) => intent).flatMap(({ kind }) => kind));
  const told = (type: string) => table.stream.filter((fact) => fact.type === type);
  const asks = all.filter(({ kind }) => intents.has(kind)).map(({ id }) => id);
  expect(
    told('LeadAskedToTalk')
      .map((fact) => ('engagementId' in fact ? fact.engagementId : ''))
      .sort(),
  ).toEqual([...new Set(asks)].sort());
  expect(told('ConsentStated')).toHaveLength(1);
  expect(told('LeadStageChanged').length).toBeLessThanOrEqual(1);
  expect(new Set(table.stream.map(({ factId }) => factId)).size).toBe(table.stream.length);
};

describe('exactly once, in any order', () => {
  test.prop([history], { numRuns: 300 })('any order, copies and batches', async ({ all, batches }) => {
    const table = memoryTable();
    const scoreLead = scoring(table);
    for (const batch of batches) await scoreLead(batch);
    await expectExactlyOnce(table, all);
  });

  test.prop([history, fc.scheduler()], { numRuns: 150 })(
    'writers that race',
    async ({ all, batches }, scheduler) => {
      const table = memoryTable();
      const racing = (store: LeadStore): LeadStore => ({
        ...store,
        load: scheduler.scheduleFunction(store.load),
        save: scheduler.scheduleFunction(store.save),
      });
      const deps = scoring(table, (port) =>
        'save' in port ? (racing(port as unknown as LeadStore) as unknown as typeof port) : port,
      );
      // Who loses eight races gives the batch back to the queue.
      const deliver = async (batch: readonly LeadMessage[]): Promise<unknown> =>
        deps(batch).catch(() => deliver(batch));
      await scheduler.waitFor(Promise.all(batches.map(deliver)));
      await expectExactlyOnce(table, all);
    },
  );

  test.prop([history, crashPoints(14)], {
    numRuns: 300,
  })('stops before or after any call, and redelivery', async ({ all, batches }, crashes) => {
    const table = memoryTable();
    const points = [...crashes];
    for (const batch of batches) await redelivered(points, (wrap) => scoring(table, wrap)(batch));
    await expectExactlyOnce(table, all);
  });

  const sent = (id: string, occurredAt: string | undefined, tenth: number) =>
    engagementMessage({ id, kind: 'page-viewed', lead, occurredAt }, day(tenth / 10));

  const unbelievable = fc.record({
    /** Nothing, or the time at which a device with a wrong clock believed it was. */
    occurredAt: fc.option(fc.constant(day(45)), { nil: undefined }),
    received: fc.array(fc.integer({ min: 400, max: 500 }), { minLength: 1, maxLength: 4 }),
  });

  test.prop([fc.array(unbelievable, { minLength: 1, maxLength: 4 }), crashPoints(14)], { numRuns: 300 })(
    'engagements without a believable time, whose later copies look sound',
    async (all, crashes) => {
      const table = memoryTable();
      const points = [...crashes];
      const queue = all
        .flatMap(({ occurredAt, received }, i) =>
          received.map((tenth) => ({ tenth, message: sent(`e${i}`, occurredAt, tenth) })),
        )
        .sort((a, b) => a.tenth - b.tenth);
      // What crashed comes again after all the others: by then its time may be believed.
      for (let clock = 0, next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { tenth, message } = next;
        clock = Math.max(clock, tenth);
        const { wrap } = crashing(points.pop());
        const crashed = await scoring(table, wrap, day(clock / 10))([message]).catch((error) => error);
        if (crashed instanceof Crash) queue.push(next);
      }
      const { state } = await memoryLeads(table).load(await leadId());
      expect(state?.timeline.map(({ id }) => id).sort()).toEqual(all.map((_, i) => `e${i}`));
      for (const { id, occurredAt, unanchored } of state?.timeline ?? []) {
        const { state: first } = await memoryLeadRecords(table).load(
          'receipt',
          receiptId(await leadId(), id),
        );
        const own = all[Number(id.slice(1))]!.occurredAt;
        expect({ occurredAt, unanchored }).toEqual(
          first === undefined ? { occurredAt: own } : { occurredAt: first.receivedAt, unanchored: true },
        );
      }
    },
  );
});
