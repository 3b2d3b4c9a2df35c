import { MINUTE } from '../domain/time.ts';
import type { FaultyGround } from './faulty-instance.ts';

/** As the queues' redrive policy has it. */
const maxReceives = 5;

/** From this receive on a message is spared: what ends in the dead letters is then no fault of ours. */
const sparedFrom = 3;

const visibilityMs = 3 * MINUTE;
const latestMs = 45 * MINUTE;
const batchAtMost = 10;
const instancesAtOnce = 2;

type Entry<M> = { message: M; receives: number };

/** What became of a batch; undefined: its instance stopped. */
export type BatchOutcome = readonly PromiseSettledResult<unknown>[] | undefined;

export type FaultyQueue<M> = Readonly<{
  send(message: M): void;
  /** Messages that wait, are on their way, or are being handled. */
  size(): number;
}>;

/**
 * A queue and the instances that empty it: at least once, in any order, late, twice, in batches, two instances at once.
 * What fails or is not answered for comes again; after five receives it is dead.
 */
export const faultyQueue = <M>(
  { events, draws, faults, tell }: FaultyGround,
  {
    name,
    handle,
    onDead,
  }: Readonly<{
    name: string;
    handle: (batch: readonly M[], spared: boolean) => Promise<BatchOutcome>;
    onDead: (message: M, reason: unknown) => void;
  }>,
): FaultyQueue<M> => {
  const visible: Entry<M>[] = [];
  let away = 0;
  let running = 0;

  const showIn = (entry: Entry<M>, ms: number) => {
    away++;
    events.after(ms, () => {
      away--;
      visible.push(entry);
      receive();
    });
  };

  const receive = () => {
    while (running < instancesAtOnce && visible.length > 0) {
      const batch: Entry<M>[] = [];
      const size = Math.min(visible.length, draws.whole(1, batchAtMost));
      while (batch.length < size) batch.push(...visible.splice(draws.whole(0, visible.length - 1), 1));
      running++;
      void work(batch);
    }
  };

  const work = async (batch: readonly Entry<M>[]) => {
    for (const entry of batch) entry.receives++;
    const spared = batch.some(({ receives }) => receives >= sparedFrom);
    const outcomes = await handle(
      batch.map(({ message }) => message),
      spared,
    );
    for (const [i, entry] of batch.entries()) settle(entry, outcomes?.[i], spared);
    running--;
    receive();
  };

  const settle = (entry: Entry<M>, outcome: PromiseSettledResult<unknown> | undefined, spared: boolean) => {
    if (outcome?.status === 'fulfilled') {
      if (spared || !draws.chance(faults().message.notDeleted)) return;
      tell(`${name} does not delete a message`);
    } else if (entry.receives >= maxReceives) {
      return onDead(entry.message, outcome?.reason);
    }
    showIn(entry, visibilityMs);
  };

  return {
    size: () => visible.length + away + running,
    send(message) {
      const { twice, late } = faults().message;
      const copies = draws.chance(twice) ? 2 : 1;
      for (let i = 0; i < copies; i++)
        showIn(
          { message, receives: 0 },
          draws.chance(late) ? draws.skewed(1, latestMs) : draws.whole(1, 900),
        );
    },
  };
};
