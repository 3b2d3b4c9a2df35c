import { describe, expect, it } from 'vitest';
import { makeTick } from '../../../functions/tick/tick.ts';
import { makeWatchSla } from '../../../functions/watch-sla/watch-sla.ts';
import type { SalesStates } from '../../../shared/commit-handoff.ts';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { instantOf, MINUTE } from '../../../shared/domain/time.ts';
import { compileTexts } from '../../../shared/emails/compile-texts.ts';
import { due } from '../../../shared/events/due.ts';
import type { FactOf, StampedFact } from '../../../shared/events/facts.ts';
import { memoryAggregates, memoryDueIndex } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryMetrics } from '../../../shared/simulation/memory-metrics.ts';
import { memoryQueue } from '../../../shared/simulation/memory-queue.ts';
import { Crash, type CrashPoint } from '../../support/crashes.ts';
import { notifyWorld } from '../../support/notify-world.ts';
import { aHandoff, monday } from '../../support/sales.ts';

const from = Date.parse(monday);
const texts = await compileTexts();

/** Breaches that second of the minute. */
const lateAt = (id: string, second: number, over: Partial<Handoff> = {}): Handoff => {
  const at = instantOf(from + second * 1000);
  return aHandoff({
    id,
    leadId: `lead-of-${id}`,
    holder: Number(id.split('-')[1]) % 3 === 0 ? 'rita' : 'ron',
    plan: { accept: { dueAt: at, tiers: [{ name: 'breach', do: 'breach', at }] } },
    ...over,
  });
};

const normal = Array.from({ length: 500 }, (_, i) => lateAt(`n-${i}`, Math.floor((i * 59) / 499)));
const hot = Array.from({ length: 4 }, (_, i) => lateAt(`x-${i}`, 10 * (i + 1), { priority: 'hot' }));

type Stops = Readonly<{
  /** In the telling of the nth breach. */
  ofBreach?: (n: number) => CrashPoint | undefined;
  ofDigest?: readonly CrashPoint[];
}>;

/**
 * Seconds pass; the watch finds what is late, and each of its facts comes at least twice. Then a tick. What stops is
 * delivered again.
 */
const aMinute = async ({ ofBreach = () => undefined, ofDigest = [] }: Stops = {}) => {
  const world = notifyWorld({ handoffs: [...normal, ...hot], texts });
  await world.setUp();
  const watch = makeWatchSla({
    aggregates: memoryAggregates<SalesStates>(world.handoffTable),
    policy: world.policy,
    clock: world.clock,
  });
  const queue = memoryQueue();
  const tick = makeTick({
    sources: [{ index: memoryDueIndex(world.noticeTable), queue, leased: false }],
    metrics: memoryMetrics(),
    clock: world.clock,
  });
  const isBreach = (fact: StampedFact): fact is FactOf<'HandoffBreached'> => fact.type === 'HandoffBreached';

  let told = 0;
  const hotAt: string[] = [];
  for (let second = 0; second < 60; second++) {
    world.clock.at = instantOf(from + second * 1000);
    const late = [...normal, ...hot].filter(({ plan }) => plan.accept?.dueAt === world.clock.at);
    const before = world.handoffTable.stream.length;
    for (const { id } of [...late, ...late]) await watch({ kind: 'handoff', id, dueAt: world.clock.at });
    const facts = world.handoffTable.stream.slice(before).filter(isBreach);
    expect(facts).toHaveLength(late.length);
    for (const fact of facts) {
      await world.crashAt(ofBreach(told++)).notify(fact).catch(ifStopped);
      await world.notify(fact);
      await world.notify(fact);
    }
    while (hotAt.length < world.mails.filter(isHotBreach).length) hotAt.push(world.clock.at);
  }
  const undisturbed = world.crashAt(undefined);
  for (let minute = 1; minute <= 3; minute++) {
    world.clock.at = instantOf(from + minute * MINUTE);
    const sent = queue.messages.length;
    await tick();
    for (const message of queue.messages.slice(sent)) {
      expect(message).toMatchObject({ type: due.type, detail: { kind: 'digest', id: 'mia' } });
      for (const stop of ofDigest) await world.crashAt(stop).tellDigest('mia').catch(ifStopped);
      // Queues deliver at least once.
      await undisturbed.tellDigest('mia');
      await world.tellDigest('mia');
    }
  }
  return {
    ...world,
    hotAt,
    callsOfDigest: undisturbed.calls(),
    digests: world.mails.filter(({ tags }) => tags.text === 'handoff-digest'),
  };
};

const isHotBreach = ({ tags }: { tags: Readonly<Record<string, string>> }) =>
  tags.text === 'handoff-breached';
const ifStopped = (error: unknown) => {
  const stopped =
    error instanceof Crash ||
    (error instanceof AggregateError && error.errors.every((one) => one instanceof Crash));
  if (!stopped) throw error;
};

describe('500 breaches of one manager within a minute', () => {
  it('are one mail; hot ones are told at once, each by its own', async () => {
    const { digests, mails, hotAt, topic, metrics } = await aMinute();
    expect(digests).toHaveLength(1);
    const [digest] = digests;
    expect(digest?.to).toBe('mia@ours.example');
    expect(digest?.subject).toBe('500 handoffs are late');
    // Those that it does not list are told by whom they wait for.
    expect(digest?.text).toContain('Ron Rep holds 300 more.');
    expect(digest?.text).toContain('Rita Rep holds 150 more.');
    // Gmail cuts off what is longer.
    expect(Buffer.byteLength(digest?.html ?? '')).toBeLessThan(102 * 1024);

    expect(mails.filter(isHotBreach).map(({ to }) => to)).toEqual(hot.map(() => 'mia@ours.example'));
    expect(hotAt).toEqual(hot.map(({ plan }) => plan.accept?.dueAt));
    expect(mails).toHaveLength(1 + hot.length);
    // Whoever listens to the topic hears of each; and each is counted.
    expect(topic.alerts).toHaveLength(normal.length + hot.length);
    expect(metrics.values.get('HandoffBreaches')).toHaveLength(normal.length + hot.length);
  });

  it.each(['before', 'after'] as const)(
    'are one mail whatever stops %s any call on the way into it',
    async (when) => {
      const { digests } = await aMinute({ ofBreach: (n) => ({ call: n % 12, when }) });
      expect(digests.map(({ subject }) => subject)).toEqual(['500 handoffs are late']);
    },
  );

  it('are one mail if its sending stops before it has gone, and at most one more if it stops after', async () => {
    // After the mail it is read once more, and saved.
    const mail = (await aMinute()).callsOfDigest - 3;
    for (const call of [1, mail]) {
      const { digests } = await aMinute({ ofDigest: [{ call, when: 'before' }] });
      expect(digests, `before call ${call} of ${mail}`).toHaveLength(1);
    }
    const { digests } = await aMinute({ ofDigest: [{ call: mail, when: 'after' }] });
    expect(digests.map(({ subject }) => subject)).toEqual(['500 handoffs are late', '500 handoffs are late']);
  });
});
