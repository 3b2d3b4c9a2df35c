import { subscriptions, takesTheBus, type WorkerName } from '../../../shared/events/subscriptions.ts';
import type { Message, Queue } from '../../../shared/ports.ts';
import { storedValue } from '../../../shared/simulation/stored-value.ts';
import type { RunMessage } from './jobs.ts';

/** As the queues' redrive policy has it. */
const maxReceives = 5;

/** What a queue's text is read as. It never changes: several workers get the same. */
export type QueuedEvent = Readonly<{ 'detail-type': string; detail: unknown }>;

type Waiting = { event: QueuedEvent; receives: number };

export type DeadLetter = Readonly<{ worker: WorkerName; event: QueuedEvent; reason: unknown }>;

// An object's keys are strings; these are its own.
export const workerNames = Object.keys(subscriptions) as WorkerName[];

const listeners = new Map<string, WorkerName[]>();
for (const name of workerNames)
  for (const { type } of subscriptions[name].filter(takesTheBus))
    listeners.set(type, [...(listeners.get(type) ?? []), name]);

/** Who hears what is put on the bus. */
export const listenersOf = (type: string): readonly WorkerName[] => listeners.get(type) ?? [];

/** A message as it stands in a queue. */
export const eventOf = ({ type, detail }: Message): QueuedEvent =>
  storedValue({ 'detail-type': type, detail });

/** The bus and every worker's queue, with a dead-letter queue for all. */
export const inProcessQueues = (workers: Readonly<Record<WorkerName, RunMessage>>) => {
  const queues = workerNames.map((name) => ({ name, waiting: [] as Waiting[] }));
  const byName = new Map(queues.map(({ name, waiting }) => [name, waiting]));
  const deadLetters: DeadLetter[] = [];

  const enqueue = (name: WorkerName, event: QueuedEvent) => byName.get(name)?.push({ event, receives: 0 });

  const take = async (name: WorkerName, message: Waiting): Promise<void> => {
    try {
      await workers[name](message.event);
    } catch (reason) {
      message.receives += 1;
      if (message.receives < maxReceives) byName.get(name)?.push(message);
      else deadLetters.push({ worker: name, event: message.event, reason });
    }
  };

  return {
    deadLetters,
    /** The bus: to everybody who listens to it. */
    route(message: Message): void {
      const event = eventOf(message);
      for (const name of listenersOf(message.type)) enqueue(name, event);
    },
    queueOf: (name: WorkerName): Queue => ({
      send: async (messages) => messages.forEach((message) => void enqueue(name, eventOf(message))),
    }),
    /** Whatever waits now is handled, worker by worker. False: nothing waited. */
    async handle(): Promise<boolean> {
      let busy = false;
      for (const { name, waiting } of queues) {
        const batch = waiting.splice(0);
        if (batch.length > 0) busy = true;
        for (const message of batch) await take(name, message);
      }
      return busy;
    },
  };
};
