import type { StampedFact } from '../../../shared/events/facts.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import type { Bus, Message, Queue } from '../../../shared/ports.ts';
import type { FaultyGround } from '../../../shared/simulation/faulty-instance.ts';
import { type BatchOutcome, faultyQueue } from '../../../shared/simulation/faulty-queue.ts';
import { eventOf, listenersOf, type QueuedEvent, workerNames } from './queues.ts';

export type FaultyBusOptions = Readonly<{
  handle: (worker: WorkerName, batch: readonly QueuedEvent[], spared: boolean) => Promise<BatchOutcome>;
  onDeadLetter: (worker: WorkerName, event: QueuedEvent, reason: unknown) => void;
  /** Whether this fact may get lost on its way to the bus; asked once for each. */
  mayBeLost: (fact: StampedFact) => boolean;
  onLost: (factId: string) => void;
}>;

/** The bus and every worker's queue. Facts get lost on their way to it, some for good, some until they are told again. */
export const faultyBus = (ground: FaultyGround, options: FaultyBusOptions) => {
  const { draws, faults, tell } = ground;
  const queues = new Map(
    workerNames.map((name) => [
      name,
      faultyQueue<QueuedEvent>(ground, {
        name,
        handle: (batch, spared) => options.handle(name, batch, spared),
        onDead: (event, reason) => options.onDeadLetter(name, event, reason),
      }),
    ]),
  );
  const route = (message: Message) => {
    const event = eventOf(message);
    for (const name of listenersOf(message.type)) queues.get(name)?.send(event);
  };

  const lost = new Map<string, boolean>();
  const isLost = (fact: StampedFact): boolean => {
    const known = lost.get(fact.factId);
    if (known !== undefined) return known;
    const decided = options.mayBeLost(fact) && draws.chance(faults().lostFact);
    lost.set(fact.factId, decided);
    if (decided) {
      options.onLost(fact.factId);
      tell(`${fact.type} ${fact.factId} gets lost`);
    }
    return decided;
  };
  const busThat = (loses: (fact: StampedFact) => boolean): Bus => ({
    async publish(facts) {
      for (const { type, ...detail } of facts.filter((fact) => !loses(fact))) route({ type, detail });
    },
  });

  return {
    route,
    queueOf: (name: WorkerName): Queue => ({
      send: async (messages) => messages.forEach((message) => void queues.get(name)?.send(eventOf(message))),
    }),
    /** What is lost once is lost however often a stream brings it. */
    ofStreams: busThat(isLost),
    /** What is told again may get lost again, and is told again then. */
    ofReconcile: busThat(() => draws.chance(faults().lostFact)),
    /** Messages that wait or are under way, by worker; none: an empty object. */
    waiting: (): Readonly<Record<string, number>> =>
      Object.fromEntries(
        [...queues].map(([name, queue]) => [name, queue.size()] as const).filter(([, size]) => size > 0),
      ),
  };
};
