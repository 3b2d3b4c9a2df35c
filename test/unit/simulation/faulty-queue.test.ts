import { expect, it } from 'vitest';
import { seededRandom } from '../../../infra/cli/seeded-random.ts';
import { drawsOf } from '../../../shared/simulation/draws.ts';
import { calm, type Faults } from '../../../shared/simulation/faults.ts';
import type { FaultyGround } from '../../../shared/simulation/faulty-instance.ts';
import { type BatchOutcome, faultyQueue } from '../../../shared/simulation/faulty-queue.ts';
import { virtualClock } from '../../../shared/simulation/virtual-clock.ts';
import { VirtualEvents } from '../../../shared/simulation/virtual-events.ts';

const aGround = (faults: Faults = calm): FaultyGround => {
  const clock = virtualClock('2026-11-02T08:00:00.000Z');
  return {
    clock,
    events: new VirtualEvents(clock),
    draws: drawsOf(seededRandom(7)),
    faults: () => faults,
    tell: () => undefined,
  };
};

const play = async (
  outcomeOf: (message: number, spared: boolean) => 'well' | 'fails' | 'stops',
  faults?: Faults,
) => {
  const ground = aGround(faults);
  const handled: number[] = [];
  const dead: number[] = [];
  const queue = faultyQueue<number>(ground, {
    name: 'queue',
    async handle(batch, spared): Promise<BatchOutcome> {
      await ground.events.delay(20);
      handled.push(...batch);
      const outcomes = batch.map((message) => outcomeOf(message, spared));
      if (outcomes.includes('stops')) return undefined;
      return outcomes.map((outcome) =>
        outcome === 'well'
          ? { status: 'fulfilled', value: undefined }
          : { status: 'rejected', reason: new Error('no') },
      );
    },
    onDead: (message) => dead.push(message),
  });
  for (let message = 0; message < 20; message++) queue.send(message);
  while (ground.events.next !== undefined) await ground.events.step();
  return { handled, dead, left: queue.size() };
};
const all = Array.from({ length: 20 }, (_, message) => message);

it('hands out every message once on a good day, in another order', async () => {
  const { handled, dead, left } = await play(() => 'well');
  expect(handled.toSorted((a, b) => a - b)).toEqual(all);
  expect(handled).not.toEqual(all);
  expect({ dead, left }).toEqual({ dead: [], left: 0 });
});

it('hands out again what failed, alone, and gives up after five times', async () => {
  const { handled, dead, left } = await play((message) => (message === 3 ? 'fails' : 'well'));
  expect(handled.filter((message) => message === 3)).toHaveLength(5);
  expect(handled).toHaveLength(24);
  expect({ dead, left }).toEqual({ dead: [3], left: 0 });
});

it('hands out a whole batch again whose instance stopped, and spares it in the end', async () => {
  const { handled, dead } = await play((_, spared) => (spared ? 'well' : 'stops'));
  expect(handled).toHaveLength(60);
  expect(dead).toEqual([]);
});

it('hands out twice what came twice or was not deleted', async () => {
  const { handled, dead } = await play(() => 'well', {
    ...calm,
    message: { twice: 1, late: 1, notDeleted: 1 },
  });
  expect(handled).toHaveLength(120);
  expect(dead).toEqual([]);
});
