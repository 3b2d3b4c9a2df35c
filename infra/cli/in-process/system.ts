import { makeReconcile } from '../../../functions/reconcile/reconcile.ts';
import { makeRelayFacts } from '../../../functions/relay-facts/relay-facts.ts';
import { makeTick } from '../../../functions/tick/tick.ts';
import { outboxText } from '../../../shared/adapters/outbox.ts';
import { earliest, epochOf, type Instant, instantOf, MINUTE } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import type { Message } from '../../../shared/ports.ts';
import {
  type MemoryTable,
  memoryDueIndex,
  memoryOpenIndex,
} from '../../../shared/simulation/memory-aggregates.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { inProcessPages, inProcessWorkers } from './jobs.ts';
import { inProcessQueues } from './queues.ts';
import { memoryWorld, type Outside, type WorldOptions } from './world.ts';

const reconcileEvery = 5 * MINUTE;

export type SystemOptions<O extends Outside> = WorldOptions<O> &
  Readonly<{
    /** Hears each fact as it is put on the bus. `again`: reconcile tells it once more. */
    onFact: (fact: StampedFact, again: boolean) => void;
    /** Facts that get lost between a table's stream and the bus: to see that they are rescued. */
    loses?: (fact: StampedFact) => boolean;
  }>;

/**
 * The whole of Baton in one process, on a clock that only moves when told: the same jobs that Lambda runs, around
 * adapters in memory. Facts take the way they take in AWS, through outboxes, bus and queues.
 */
export const inProcessSystem = <O extends Outside>(options: SystemOptions<O>) => {
  const world = memoryWorld(options);
  const { clock, tables, ports } = world;
  const { deadLetters, route, queueOf, handle } = inProcessQueues(inProcessWorkers(world));
  let reconciledAt = epochOf(options.startAt);

  const relay = (again: boolean) => {
    const relayFacts = makeRelayFacts({
      bus: {
        async publish(published) {
          for (const fact of published) {
            options.onFact(fact, again);
            if (options.loses?.(fact) !== true) route(messageOf(fact));
          }
        },
      },
    });
    return (facts: readonly StampedFact[]) => relayFacts([outboxText(facts)]);
  };
  const [tell, tellAgain] = [relay(false), relay(true)];
  const outboxes: readonly MemoryTable[] = [tables.leads, tables.sales, tables.nurture];

  const source = (name: string, table: MemoryTable, worker: WorkerName, leased = false) => ({
    name,
    index: memoryDueIndex(table),
    queue: queueOf(worker),
    leased,
  });
  const tick = makeTick({
    sources: [
      source('Lead', tables.leads, 'advance-lead'),
      { ...source('Handoff', tables.sales, 'watch-sla'), open: memoryOpenIndex(tables.sales) },
      source('Enrolment', tables.nurture, 'send-nurture-mail', true),
      source('Digest', tables.notices, 'notify-sales'),
    ],
    metrics: ports.metrics,
    clock,
  });
  const reconcile = makeReconcile({
    ...ports,
    leadStore: ports.leads,
    leads: ports.leadReader,
    handoffs: ports.sales,
    roster: ports.sales,
    dueLeads: memoryDueIndex(tables.leads),
    dueHandoffs: memoryDueIndex(tables.sales),
    bus: { publish: tellAgain },
  });

  /** Until streams and queues are empty. */
  const drain = async (): Promise<void> => {
    for (let busy = true; busy; ) {
      busy = false;
      for (const { stream } of outboxes) {
        if (stream.length === 0) continue;
        busy = true;
        await tell(stream.splice(0));
      }
      if (await handle()) busy = true;
    }
  };

  const nextDue = (): Instant | undefined =>
    earliest(
      [tables.leads, tables.sales, tables.nurture, tables.notices].map(({ items }) => items.firstDue()),
    );

  return {
    ...world,
    deadLetters,
    pages: inProcessPages(world),
    drain,
    tick,
    reconcile,
    /** A worker's queue, for what does not take the bus. */
    queueOf,
    /** A producer's event, on the bus. */
    put: ({ type, detail }: InboundEvent) => route({ type, detail: JSON.parse(JSON.stringify(detail)) }),
    /** Jumps from due time to due time, a tick at each full minute; reconciles when it is time. */
    async playUntil(until: Instant): Promise<void> {
      await drain();
      for (let due = nextDue(); due !== undefined; due = nextDue()) {
        const minute = Math.ceil(epochOf(due) / MINUTE) * MINUTE;
        // What the last tick left due is for the next one.
        const at = Math.max(minute, epochOf(clock.now()) + (due <= clock.now() ? MINUTE : 0));
        if (at > epochOf(until)) break;
        clock.moveTo(instantOf(at));
        await tick();
        await drain();
        if (at - reconciledAt < reconcileEvery) continue;
        reconciledAt = at;
        await reconcile();
        await drain();
      }
      clock.moveTo(until);
    },
  };
};

export type InProcessSystem<O extends Outside> = ReturnType<typeof inProcessSystem<O>>;

const messageOf = ({ type, ...detail }: StampedFact): Message => ({ type, detail });
