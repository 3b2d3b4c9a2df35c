import { epochOf, type Instant, later, MINUTE } from '../../shared/domain/time.ts';
import { due } from '../../shared/events/due.ts';
import type { Clock, DueIndex, DueItem, Metrics, OpenIndex, Queue } from '../../shared/ports.ts';

/** What one tick takes from one table; the rest is due at the next one too. */
const perTick = 1000;

/** Longer than mails take to leave at SES's rate; whoever was queued and not reached comes again after it. */
const leaseMs = 15 * MINUTE;

/** So few stay leased but not queued if the tick dies in between. */
const leasedAtOnce = 50;

/** One table's due items, and the queue of the worker that looks after them. */
export type DueSource = Readonly<{
  index: DueIndex;
  queue: Queue;
  /** Slow work is leased before it is queued, so that it is not queued again each minute while it waits. */
  leased: boolean;
  /** Where it is known since when the longest has been waiting for a person's answer. */
  open?: OpenIndex;
}>;

type Deps = Readonly<{ sources: readonly DueSource[]; metrics: Metrics; clock: Clock }>;

/**
 * Queues what is due. Level-triggered: an item stays due until its own worker moves its time, so one that got lost on
 * the way is queued again. Returns how many were queued. Each run tells how long the longest overdue and the longest open
 * have waited, 0 where nothing is: whoever hears nothing knows that nobody watches.
 * @throws AggregateError if a source failed; the others were served nevertheless.
 */
export const makeTick =
  ({ sources, metrics, clock }: Deps) =>
  async (): Promise<number> => {
    const now = clock.now();
    const settled = await Promise.allSettled(sources.map((source) => serve(source, now)));
    const served = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    metrics.add('OldestDueAgeSeconds', Math.max(0, ...served.map(({ ageSeconds }) => ageSeconds)));

    const blind = sources.some(({ open }, i) => open !== undefined && settled[i]?.status !== 'fulfilled');
    if (!blind)
      metrics.add(
        'OldestOpenHandoffAgeSeconds',
        Math.max(0, ...served.map(({ openSeconds }) => openSeconds)),
      );

    const failures = settled.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${sources.length} sources failed`);
    return served.reduce((sum, { queued }) => sum + queued, 0);
  };

const serve = async ({ index, queue, leased, open }: DueSource, now: Instant) => {
  const items = await index.due(now, perTick);
  const queued = leased ? await leaseAndQueue(index, queue, items, now) : await send(queue, items);
  const secondsSince = (since = now) => Math.round((epochOf(now) - epochOf(since)) / 1000);
  return {
    queued,
    ageSeconds: secondsSince(items[0]?.dueAt),
    openSeconds: secondsSince(await open?.oldest()),
  };
};

const leaseAndQueue = async (index: DueIndex, queue: Queue, items: readonly DueItem[], now: Instant) => {
  const until = later(now, leaseMs);
  let queued = 0;
  for (let i = 0; i < items.length; i += leasedAtOnce) {
    const group = items.slice(i, i + leasedAtOnce);
    const got = await Promise.all(group.map((item) => index.lease(item, until)));
    queued += await send(
      queue,
      group.filter((_, position) => got[position]),
    );
  }
  return queued;
};

const send = async (queue: Queue, items: readonly DueItem[]): Promise<number> => {
  if (items.length > 0)
    await queue.send(items.map(({ kind, id, dueAt }) => ({ type: due.type, detail: { kind, id, dueAt } })));
  return items.length;
};
