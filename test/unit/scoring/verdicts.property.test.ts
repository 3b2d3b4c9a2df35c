import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { advanceLeadJob } from '../../../functions/advance-lead/job.ts';
import { scoreLeadJob } from '../../../functions/score-lead/job.ts';
import { assess } from '../../../shared/domain/assessment.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import type { HandoffStates } from '../../../shared/domain/handoff.ts';
import type { NurtureStates } from '../../../shared/domain/nurture.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { verdicts as kindsOfVerdict } from '../../../shared/domain/verdict.ts';
import type { EngagementJudged } from '../../../shared/events/commands.ts';
import type { EngagementRecorded } from '../../../shared/events/inbound.ts';
import type { LeadStore } from '../../../shared/ports.ts';
import {
  type MemoryTable,
  memoryAggregates,
  memoryTable,
} from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadRecords, memoryLeads } from '../../../shared/simulation/memory-leads.ts';
import { naiveEngagement } from '../../../shared/simulation/naive-score.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import type { CrashPoint } from '../../support/crashes.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { naivelyCounted, naiveVerdict } from '../../support/naive-verdicts.ts';
import { redelivered } from '../../support/redelivery.ts';
import {
  aProfileChange,
  day,
  engagementMessage,
  idealTraits,
  judgedMessage,
  profileMessage,
  testKeyedHash,
} from '../../support/scoring-world.ts';

const published = publishedDefaultPolicy({ zone: 'UTC' });
const { policy } = published;
const now = day(40);
const lead = { email: 'jo@acme.example' };
const leadId = `l${await testKeyedHash.of(`email:${lead.email}`)}`;
const kinds = policy.scoring.rules.flatMap(({ kind }) => kind);
const intents = new Set(policy.scoring.rules.filter(({ intent }) => intent).flatMap(({ kind }) => kind));

type Wrap = <P extends object>(port: P) => P;
const plain: Wrap = (port) => port;

type Sent =
  | ReturnType<typeof engagementMessage>
  | ReturnType<typeof profileMessage>
  | ReturnType<typeof judgedMessage>;

/** What the queues of both workers do with a batch: it comes again if it fails. */
const deliver = async (table: MemoryTable, batch: readonly Sent[], wrap: Wrap = plain): Promise<void> => {
  const deps = {
    leads: wrap(memoryLeads(table)),
    records: wrap(memoryLeadRecords(table)),
    rawLog: wrap({ append: async () => undefined }),
    policy: onePolicy(published),
    clock: { now: () => now },
    keyedHash: testKeyedHash,
    rejected: wrap({ add: async () => undefined }),
    handoffs: memoryAggregates<HandoffStates>(memoryTable()),
    nurture: memoryAggregates<NurtureStates>(memoryTable()),
  };
  const scored = batch.filter((message) => message.type !== 'EngagementJudged');
  const judged = batch.filter((message) => message.type === 'EngagementJudged');
  const works = [
    () => (scored.length === 0 ? [] : scoreLeadJob(deps).work(scored)),
    () => advanceLeadJob(deps).work(judged),
  ];
  for (const work of batch[0]?.type === 'EngagementJudged' ? works.reverse() : works)
    for (const outcome of await work()) if (outcome.status === 'rejected') throw outcome.reason;
};

const engagement: fc.Arbitrary<Omit<EngagementRecorded, 'id'>> = fc.record({
  kind: fc.constantFrom(
    ...kinds,
    'page-viewed',
    'page-viewed',
    'case-study-viewed',
    'demo-requested',
    'quote-requested',
  ),
  // Coarse, so that several happen at the same moment, and often on the same day.
  occurredAt: fc.integer({ min: 0, max: 40 * 4 }).map((step) => day(step / 4)),
  lead: fc.constant(lead),
  properties: fc.record({ asset: fc.constantFrom(...'abcdefghijklmnopqrst') }),
});

const idOf = (i: number) => `e${(i * 7) % 101}`;

const said = fc.record({
  // Some are about what never comes.
  engagement: fc.integer({ min: 0, max: 9 }),
  verdict: fc.constantFrom(...kindsOfVerdict),
  // Few, so that some are the same.
  sequence: fc.integer({ min: 0, max: 4 }),
  byId: fc.boolean(),
});

const judged = (one: typeof said extends fc.Arbitrary<infer T> ? T : never, i: number): EngagementJudged => ({
  id: `v${(i * 3) % 37}`,
  ...(one.byId ? { leadId } : { lead }),
  engagementId: idOf(one.engagement),
  verdict: one.verdict,
  sequence: one.sequence,
  by: `person-${i}`,
  reason: 'because',
});

const history = fc
  .tuple(
    fc.array(engagement, { minLength: 1, maxLength: 12 }),
    fc.array(said, { minLength: 1, maxLength: 20 }),
  )
  .map(([engagements, verdicts]) => ({
    engagements: engagements.map((one, i) => ({ ...one, id: idOf(i) })),
    verdicts: verdicts.map(judged),
  }))
  .chain(({ engagements, verdicts }) => {
    const all: Sent[] = [
      ...engagements.map((one) => engagementMessage(one, now)),
      ...verdicts.map((one) => judgedMessage(one, now)),
      profileMessage(aProfileChange({ id: 'profile', lead, traits: idealTraits }), now),
    ];
    return fc.record({
      engagements: fc.constant(engagements),
      verdicts: fc.constant(verdicts),
      batches: fc
        .tuple(
          fc.shuffledSubarray(all, { minLength: all.length }),
          fc.subarray(all),
          fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 }),
        )
        .map(([first, again, sizes]) => {
          const queue = [...first, ...again];
          const cut: Sent[][] = [];
          for (let i = 0; queue.length > 0; i++) cut.push(queue.splice(0, sizes[i % sizes.length]));
          return cut;
        }),
    });
  });

const crashes = fc.array(
  fc.record({ call: fc.nat(16), when: fc.constantFrom<CrashPoint['when']>('before', 'after') }),
);

const expectTheNaiveFold = async (
  table: MemoryTable,
  engagements: readonly EngagementRecorded[],
  verdicts: readonly EngagementJudged[],
) => {
  const leads = memoryLeads(table);
  const loaded = await leads.load(leadId);
  const { state } = loaded;
  if (state === undefined) throw new Error('no lead');
  const timeline = await leads.timeline(leadId, loaded, wholeSpan);
  const counted = naivelyCounted(engagements, verdicts);
  expect(timeline.map(({ id, at }) => `${new Date(at).toISOString()} ${id}`)).toEqual(
    engagements.map(({ id, occurredAt }) => `${occurredAt} ${engagementRef(id)}`).sort(),
  );
  expect(assess(state, {}, policy, now).engagement).toBeCloseTo(
    naiveEngagement(counted, policy, Date.parse(now)),
    9,
  );
  const judgedIds = [...new Set(verdicts.map(({ engagementId }) => engagementId))].sort((a, b) =>
    engagementRef(a) < engagementRef(b) ? -1 : 1,
  );
  expect(state.verdicts?.map(({ engagementId, id, by }) => ({ engagementId, id, by }))).toEqual(
    judgedIds.map((engagementId) => {
      const { id, by } = naiveVerdict(verdicts, engagementId)!;
      return { engagementId: engagementRef(engagementId), id, by };
    }),
  );

  const told = table.stream.flatMap((fact) =>
    fact.type === 'LeadAskedToTalk' ? [engagementRef(fact.engagementId)] : [],
  );
  expect(new Set(told).size).toBe(told.length);
  const asks = counted.filter(({ kind }) => intents.has(kind)).map(({ id }) => engagementRef(id));
  expect(told).toEqual(expect.arrayContaining(asks));
  const moves = table.stream.filter(({ type }) => type === 'LeadStageChanged');
  expect(moves.length).toBeLessThanOrEqual(1);
  if (asks.length > 0) expect(state.stage).toBe('mql');
  expect(new Set(table.stream.map(({ factId }) => factId)).size).toBe(table.stream.length);
};

describe('verdicts on engagements', () => {
  test.prop([history], { numRuns: 400 })(
    'come to the naive fold in any order, with copies, before or after their engagements',
    async ({ engagements, verdicts, batches }) => {
      const table = memoryTable();
      for (const batch of batches) await deliver(table, batch);
      await expectTheNaiveFold(table, engagements, verdicts);

      const before = [...table.items.values()];
      for (const batch of batches) await deliver(table, batch);
      expect([...table.items.values()]).toEqual(before);
    },
  );

  test.prop([history, crashes], { numRuns: 300 })(
    'also stopped before or after any call, and delivered again',
    async ({ engagements, verdicts, batches }, points) => {
      const table = memoryTable();
      const left = [...points];
      for (const batch of batches) await redelivered(left, (wrap) => deliver(table, batch, wrap));
      await expectTheNaiveFold(table, engagements, verdicts);
    },
  );

  test.prop([history, fc.scheduler()], { numRuns: 150 })(
    'also with writers that race',
    async ({ engagements, verdicts, batches }, scheduler) => {
      const table = memoryTable();
      const wrap: Wrap = (port) =>
        'save' in port
          ? ({
              ...port,
              load: scheduler.scheduleFunction((port as unknown as LeadStore).load),
              save: scheduler.scheduleFunction((port as unknown as LeadStore).save),
            } as unknown as typeof port)
          : port;
      // Who loses eight races gives the batch back to the queue.
      const insist = async (batch: readonly Sent[]): Promise<void> =>
        deliver(table, batch, wrap).catch(() => insist(batch));
      await scheduler.waitFor(Promise.all(batches.map(insist)));
      await expectTheNaiveFold(table, engagements, verdicts);
    },
  );
});
