import { epochOf, type Instant, later, MINUTE } from '../../shared/domain/time.ts';
import { due } from '../../shared/events/due.ts';
import type { Clock, DueIndex, DueItem, Metrics, Queue } from '../../shared/ports.ts';

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
}>;

type Deps = Readonly<{ sources: readonly DueSource[]; metrics: Metrics; clock: Clock }>;

/**
 * Queues what is due. Level-triggered: an item stays due until its own worker moves its time, so one that got lost on
 * the way is queued again. Returns how many were queued.
 * @throws AggregateError if a source failed; the others were served nevertheless.
 */
export const makeTick =
  ({ sources, metrics, clock }: Deps) =>
  async (): Promise<number> => {
    const now = clock.now();
    const settled = await Promise.allSettled(sources.map((source) => serve(source, now)));
    const served = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    metrics.add('OldestDueAgeSeconds', Math.max(0, ...served.map(({ ageSeconds }) => ageSeconds)));

    const failures = settled.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${sources.length} sources failed`);
    return served.reduce((sum, { queued }) => sum + queued, 0);
  };

const serve = async ({ index, queue, leased }: DueSource, now: Instant) => {
  const items = await index.due(now, perTick);
  const oldest = items[0]?.dueAt ?? now;
  const queued = leased ? await leaseAndQueue(index, queue, items, now) : await send(queue, items);
  return { queued, ageSeconds: Math.round((epochOf(now) - epochOf(oldest)) / 1000) };
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
