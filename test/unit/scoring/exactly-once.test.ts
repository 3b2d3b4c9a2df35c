import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { LeadMessage } from '../../../functions/score-lead/score-lead.ts';
import { verdicts as kindsOfVerdict } from '../../../shared/domain/verdict.ts';
import type { EngagementJudged } from '../../../shared/events/commands.ts';
import type { EngagementRecorded } from '../../../shared/events/inbound.ts';
import { Crash, type CrashPoint, crashing } from '../../support/crashes.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { naivelyCounted } from '../../support/naive-verdicts.ts';
import { redelivered } from '../../support/redelivery.ts';
import {
  aProfileChange,
  day,
  engagementMessage,
  idealTraits,
  profileMessage,
} from '../../support/scoring-world.ts';
import { type SpillingLead, spillingLead, type Wrap } from '../../support/spilling-leads.ts';

/** These are many histories. */
const minute = 60_000;
const published = publishedDefaultPolicy({ zone: 'UTC' });
const { policy } = published;
const now = day(40);
const email = 'jo@acme.example';
const lead = { email };
const kinds = policy.scoring.rules.flatMap(({ kind }) => kind);

const kind = fc.constantFrom(...kinds, 'page-viewed', 'page-viewed', 'pricing-viewed', 'case-study-viewed');
const properties = fc.record({ asset: fc.constantFrom(...'abcdefghijklmnopqrst') });
/** Coarse, so that several happen at the same moment, and often on the same day. */
const moment = fc.integer({ min: 0, max: 40 * 8 }).map((step) => day(step / 8));

const idOf = (i: number) => `e${(i * 7) % 101}`;

const engagements = fc
  .array(fc.record({ kind, occurredAt: moment, lead: fc.constant(lead), properties }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((all) => all.map((one, i): EngagementRecorded => ({ ...one, id: idOf(i) })));

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

/** Where processes stop: some before their first call, most of them in the midst of it. */
const crashPoints: fc.Arbitrary<CrashPoint[]> = fc.array(
  fc.record({ call: fc.nat(18), when: fc.constantFrom('before', 'after') }),
  { maxLength: 20 },
);
const lags = fc.infiniteStream(fc.integer({ min: 0, max: 9 }).map((tenth) => tenth < 3));
const drawn = <T>(stream: Iterator<T>) => {
  const next = stream.next();
  if (next.done === true) throw new Error('the stream has ended');
  return next.value;
};

const history = engagements.chain((all) =>
  fc.record({
    all: fc.constant(all),
    batches: deliveries([...all.map((one) => engagementMessage(one, day(40))), profile]),
    lags,
  }),
);

/** Besides: who asks is told of once, consent is, and an MQL is made once. */
const expectAll = async (world: SpillingLead, all: readonly EngagementRecorded[]) => {
  const { told, asks } = await world.expectExactlyOnce(all);
  expect(told).toHaveLength(asks.length);
  const factsOf = (type: string) => world.table.stream.filter((fact) => fact.type === type);
  expect(factsOf('ConsentStated')).toHaveLength(1);
  expect(factsOf('LeadStageChanged').length).toBeLessThanOrEqual(1);
};

/** Whoever calls a port waits before, for as long as the scheduler says. */
const pausedBy =
  (scheduler: fc.Scheduler): Wrap =>
  (port) =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function'
          ? scheduler.scheduleFunction(async (...parameters: unknown[]) => member.apply(target, parameters))
          : member;
      },
    });

describe('exactly once, in any order', () => {
  test.prop([history], { numRuns: 500 })('any order, copies and batches', async ({ all, batches, lags }) => {
    const world = await spillingLead(published, email, () => drawn(lags));
    for (const batch of batches) await world.worker(now).score(batch);
    await expectAll(world, all);
    // By now most of it has left the lead's own item.
    const before = world.kept();
    for (const batch of batches.toReversed()) await world.worker(now).score(batch);
    expect(world.kept()).toEqual(before);
  });

  test.prop([history, fc.scheduler()], { numRuns: 400 })(
    'writers that race, each of them paused between any two calls',
    async ({ all, batches, lags }, scheduler) => {
      const world = await spillingLead(published, email, () => drawn(lags));
      const worker = world.worker(now, pausedBy(scheduler));
      // Who loses eight races gives the batch back to the queue.
      const deliver = async (batch: readonly LeadMessage[]): Promise<unknown> =>
        worker.score(batch).catch(() => deliver(batch));
      await scheduler.waitFor(Promise.all(batches.map(deliver)));
      await expectAll(world, all);
    },
    minute,
  );

  const doubtful = history.chain(({ all, ...rest }) => {
    const unsound = all.map((one, i) => {
      const { occurredAt: _, ...timeless } = one;
      return i % 3 === 0 ? timeless : i % 3 === 1 ? { ...one, occurredAt: day(45 - i / 100) } : one;
    });
    return fc.record({
      all: fc.constant(unsound),
      batches: deliveries(unsound.map((one, i) => engagementMessage(one, day(40 + i / 100)))),
      lags: fc.constant(rest.lags),
      isLater: fc.infiniteStream(fc.boolean()),
    });
  });
  test.prop([doubtful, fc.scheduler()], { numRuns: 400 })(
    'writers that race, of whom some believe a time and some do not',
    async ({ all, batches, lags, isLater }, scheduler) => {
      const world = await spillingLead(published, email, () => drawn(lags));
      const early = world.worker(now, pausedBy(scheduler));
      const late = world.worker(day(46), pausedBy(scheduler));
      const deliver = async (batch: readonly LeadMessage[]): Promise<unknown> =>
        (drawn(isLater) ? late : early).score(batch).catch(() => deliver(batch));
      await scheduler.waitFor(Promise.all(batches.map(deliver)));
      await world.expectExactlyOnce(all, () => true, { raced: true });
      for (const batch of batches) await world.worker(day(46)).score(batch);
      await world.expectExactlyOnce(all, () => true, { raced: true });
    },
    minute,
  );

  test.prop([fc.scheduler(), lags], { numRuns: 200 })(
    'of interest and a profile that come at once, neither of which is enough, an MQL is made',
    async (scheduler, lags) => {
      const world = await spillingLead(published, email, () => drawn(lags));
      const first = { kind: 'page-viewed', occurredAt: day(30), lead, id: 'first' };
      await world.worker(now).score([engagementMessage(first, day(40))]);
      const interest = ['content-downloaded', 'newsletter-subscribed', 'webinar-attended'].map((kind) =>
        engagementMessage({ kind, occurredAt: day(40), lead, id: kind }, day(40)),
      );
      const worker = world.worker(now, pausedBy(scheduler));
      await scheduler.waitFor(Promise.all([interest, [profile]].map((batch) => worker.score(batch))));
      expect(world.table.stream.map(({ type }) => type)).toContain('LeadStageChanged');
    },
    minute,
  );

  test.prop([history, crashPoints], { numRuns: 600 })(
    'stops before or after any call, and redelivery',
    async ({ all, batches, lags }, crashes) => {
      const world = await spillingLead(published, email, () => drawn(lags));
      const points = [...crashes];
      for (const batch of batches) await redelivered(points, (wrap) => world.worker(now, wrap).score(batch));
      await expectAll(world, all);
    },
    minute,
  );

  /** Tenths of a day, from day 40 on. */
  const receipts = fc.array(fc.integer({ min: 400, max: 500 }), { minLength: 1, maxLength: 3 });
  const clocks = {
    right: (moment: string) => moment,
    'an hour ahead': (_: string, first: number) =>
      new Date(Date.parse(day(first / 10)) + 3_600_000).toISOString(),
    'two days ahead': (_: string, first: number) => day(first / 10 + 2),
    'years ahead': (_: string, first: number) => day(30_000 + first),
    none: () => undefined,
  };
  const sent = fc
    .record({
      kind,
      properties,
      moment,
      received: receipts,
      clock: fc.constantFrom('right', 'right', ...(Object.keys(clocks) as (keyof typeof clocks)[])),
    })
    .map(({ moment, clock, received, ...one }) => ({
      ...one,
      received,
      occurredAt: clocks[clock](moment, Math.min(...received)),
    }));
  const said = fc.record({
    // Some are about what never comes.
    engagement: fc.integer({ min: 0, max: 24 }),
    verdict: fc.constantFrom(...kindsOfVerdict),
    sequence: fc.integer({ min: 0, max: 4 }),
    received: receipts,
  });
  const moved = fc.record({
    type: fc.constantFrom('promote' as const, 'demote' as const),
    received: receipts,
  });

  const story = fc.record({
    sent: fc.array(sent, { minLength: 1, maxLength: 24 }),
    said: fc.array(said, { maxLength: 6 }),
    moved: fc.array(moved, { maxLength: 4 }),
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 20 }),
    crashes: crashPoints,
    lags,
  });

  type Step = Readonly<{
    tenth: number;
    message?: LeadMessage;
    work?: (worker: ReturnType<SpillingLead['worker']>) => Promise<unknown>;
  }>;

  test.prop([story], { numRuns: 700 })(
    'clocks that are wrong, verdicts before and after, cut-offs, stops, stale reads, and copies of all when all has left',
    async ({ sent, said, moved, sizes, crashes, lags }) => {
      const world = await spillingLead(published, email, () => drawn(lags));
      const { leadId } = world;
      const all: EngagementRecorded[] = sent.map(({ received: _, occurredAt, ...one }, i) => ({
        ...one,
        id: idOf(i),
        lead,
        ...(occurredAt === undefined ? {} : { occurredAt }),
      }));
      const verdicts = said.map(
        ({ received: _, engagement, ...one }, i): EngagementJudged => ({
          ...one,
          id: `v${i}`,
          leadId,
          engagementId: idOf(engagement),
          by: 'anna',
          reason: 'so',
        }),
      );
      const steps: Step[] = [
        ...sent.flatMap(({ received }, i) =>
          received.map((tenth) => ({ tenth, message: engagementMessage(all[i]!, day(tenth / 10)) })),
        ),
        ...said.flatMap(({ received }, i) =>
          received.map((tenth): Step => ({ tenth, work: (worker) => worker.judge(verdicts[i]!) })),
        ),
        ...moved.flatMap(({ type, received }, i) =>
          received.map(
            (tenth): Step => ({
              tenth,
              work: (worker) => worker.move(type, { id: `m${i}`, leadId, by: 'anna', reason: 'so' }),
            }),
          ),
        ),
      ].sort((a, b) => a.tenth - b.tenth);

      // A person decides about leads that are there.
      await world.worker(day(40)).score([profile]);
      let clock = 0;
      const points = [...crashes];
      /** What crashes comes again after all the others: by then its time may be believed. */
      const deliver = async (queue: Step[]) => {
        for (let i = 0; queue.length > 0; i++) {
          const first = queue[0]!;
          const size = first.message === undefined ? 1 : (sizes[i % sizes.length] ?? 1);
          const until = queue.findIndex(({ message }, n) => n >= size || message === undefined);
          const batch = queue.splice(0, Math.max(1, until < 0 ? size : until));
          clock = Math.max(clock, ...batch.map(({ tenth }) => tenth));
          const worker = world.worker(day(clock / 10), crashing(points.pop()).wrap);
          const messages = batch.flatMap(({ message }) => message ?? []);
          const run = async () => {
            if (messages.length > 0) await worker.score(messages);
            for (const { work } of batch) await work?.(worker);
          };
          const failed = await run().catch((error: unknown) => error);
          if (failed instanceof Crash) queue.push(...batch);
          else if (failed !== undefined) throw failed;
        }
      };
      await deliver([...steps]);
      const counted = new Set(naivelyCounted(all, verdicts).map(({ id }) => id));
      const end = day(60);
      await world.expectExactlyOnce(all, (id) => counted.has(id), { now: end });

      // Enough happens that whatever was in the lead's own item leaves it; then everything comes once more.
      const later = Array.from(
        { length: 14 },
        (_, i): EngagementRecorded => ({
          id: `later-${i}`,
          kind: 'page-viewed',
          occurredAt: day(51 + i / 10),
          lead,
        }),
      );
      await deliver(later.map((one) => ({ tenth: 530, message: engagementMessage(one, day(53)) })));
      const before = world.kept();
      for (const step of steps) await deliver([step]);
      expect(world.kept()).toEqual(before);
      await world.expectExactlyOnce([...all, ...later], (id) => counted.has(id) || id.startsWith('later'), {
        now: end,
      });
    },
    minute,
  );
});
