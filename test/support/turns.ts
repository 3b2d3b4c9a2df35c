import { setImmediate } from 'node:timers/promises';
import { Crash } from './crashes.ts';

type Waiting = Readonly<{ who: number; go: (fate: Fate) => void }>;
/** What becomes of a call and of who made it: it goes on, or it stops there for good. */
export type Fate = 'well' | 'stop-before' | 'stop-after';

/**
 * Several writers, of which one makes one call at a time; the others wait before theirs, for as long as it pleases
 * whoever gives the turns. What has stopped never goes on.
 */
export class Turns {
  readonly #waiting: Waiting[] = [];

  /** Runs the call when its turn comes. */
  async call<R>(who: number, run: () => Promise<R>): Promise<R> {
    const { promise, resolve } = Promise.withResolvers<Fate>();
    this.#waiting.push({ who, go: resolve });
    const fate = await promise;
    if (fate === 'stop-before') throw new Crash('before');
    if (fate === 'well') return run();
    // Whatever it answered: nobody is there to hear it.
    await run().catch(() => undefined);
    throw new Crash('after');
  }

  /** Who waits, each as often as it has calls under way. */
  get waiting(): readonly number[] {
    return this.#waiting.map(({ who }) => who);
  }

  /** The call at this place goes on, with all that follows until everybody waits again. */
  async give(place: number, fate: Fate): Promise<void> {
    const [next] = this.#waiting.splice(place, 1);
    next?.go(fate);
    await setImmediate();
  }

  /** Until everybody waits or is done. */
  async settle(): Promise<void> {
    await setImmediate();
  }

  /** Calls of somebody who has stopped, with none left to make them. */
  drop(who: number): void {
    for (let i = this.#waiting.length - 1; i >= 0; i--)
      if (this.#waiting[i]?.who === who) this.#waiting.splice(i, 1);
  }
}
