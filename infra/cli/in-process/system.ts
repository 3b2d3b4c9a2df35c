import { makeReconcile } from '../../../functions/reconcile/reconcile.ts';
import { makeRelayFacts } from '../../../functions/relay-facts/relay-facts.ts';
import { makeTick } from '../../../functions/tick/tick.ts';
import { outboxText } from '../../../shared/adapters/outbox.ts';
import { earliest, epochOf, type Instant, instantOf, MINUTE } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import { subscriptions, type WorkerName } from '../../../shared/events/subscriptions.ts';
import type { Message, Queue } from '../../../shared/ports.ts';
import { type MemoryTable, memoryDueIndex } from '../../../shared/simulation/memory-aggregates.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { inProcessPages, inProcessWorkers } from './jobs.ts';
import { memoryWorld, type Outside, type WorldOptions } from './world.ts';

/** As the queues' redrive policy has it. */
const maxReceives = 5;
const reconcileEvery = 5 * MINUTE;

export type SystemOptions<O extends Outside> = WorldOptions<O> &
  Readonly<{
    /** Hears each fact as it is put on the bus; one that is told again is heard again. */
    onFact: (fact: StampedFact) => void;
    /** Facts that get lost between a table's stream and the bus: to see that they are rescued. */
    loses?: (fact: StampedFact) => boolean;
  }>;

const names = Object.keys(subscriptions) as WorkerName[];
const listeners = new Map<string, WorkerName[]>();
for (const name of names)
  for (const { type } of subscriptions[name]) listeners.set(type, [...(listeners.get(type) ?? []), name]);
const listenersTo = (type: string): readonly WorkerName[] => listeners.get(type) ?? [];

/** What a queue's text would be read as. It never changes: several workers may have the same. */
type QueuedEvent = Readonly<{ 'detail-type': string; detail: unknown }>;
type Waiting = { event: QueuedEvent; receives: number };

/**
 * The whole of Baton in one process, on a clock that only moves when told: the same jobs that Lambda runs, around
 * adapters in memory. Messages take the way they take in AWS, as text, through bus, queues and outboxes.
 */
export const inProcessSystem = <O extends Outside>(options: SystemOptions<O>) => {
  const world = memoryWorld(options);
  const { clock, tables, ports } = world;
  const workers = inProcessWorkers(world);
  const queues = new Map<WorkerName, Waiting[]>(names.map((name) => [name, []]));
  const deadLetters: Readonly<{ worker: WorkerName; event: QueuedEvent; reason: unknown }>[] = [];
  let reconciledAt = epochOf(options.startAt);

  const messageOf = ({ type, ...detail }: StampedFact): Message => ({ type, detail });

  const enqueue = (name: WorkerName, event: QueuedEvent) => queues.get(name)?.push({ event, receives: 0 });

  const route = (message: Message) => {
    const event = eventOf(message);
    for (const name of listenersTo(message.type)) enqueue(name, event);
  };
  const relayFacts = makeRelayFacts({
    bus: {
      async publish(published) {
        for (const fact of published) {
          options.onFact(fact);
          if (options.loses?.(fact) !== true) route(messageOf(fact));
        }
      },
    },
  });
  const outboxes: readonly MemoryTable[] = [tables.leads, tables.sales, tables.nurture];

  const queueOf = (name: WorkerName): Queue => ({
    send: async (messages) => messages.forEach((message) => void enqueue(name, eventOf(message))),
  });
  const source = (name: string, table: MemoryTable, worker: WorkerName, leased = false) => ({
    name,
    index: memoryDueIndex(table),
    queue: queueOf(worker),
    leased,
  });
  const tick = makeTick({
    sources: [
      source('Lead', tables.leads, 'advance-lead'),
      source('Handoff', tables.sales, 'watch-sla'),
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
    bus: { publish: (published) => relayFacts([outboxText(published)]) },
  });

  const take = async (name: WorkerName, message: Waiting): Promise<void> => {
    try {
      await workers[name](message.event);
    } catch (reason) {
      message.receives += 1;
      if (message.receives < maxReceives) queues.get(name)?.push(message);
      else deadLetters.push({ worker: name, event: message.event, reason });
    }
  };

  /** Until streams and queues are empty. */
  const drain = async (): Promise<void> => {
    for (let busy = true; busy; ) {
      busy = false;
      for (const { stream } of outboxes) {
        if (stream.length === 0) continue;
        busy = true;
        await relayFacts([outboxText(stream.splice(0))]);
      }
      for (const [name, queue] of queues) {
        const batch = queue.splice(0);
        if (batch.length > 0) busy = true;
        for (const message of batch) await take(name, message);
      }
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
