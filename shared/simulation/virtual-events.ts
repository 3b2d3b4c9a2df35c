import { epochOf, instantOf } from '../domain/time.ts';
import type { VirtualClock } from './virtual-clock.ts';

type Event = Readonly<{ at: number; turn: number; run: () => void }>;

/**
 * What is to happen when, on a virtual clock: calls that are under way, messages that wait, people who act. One happens
 * after the other, whatever follows from it at once before the next, so the same plan always runs in the same way.
 */
export class VirtualEvents {
  readonly #clock: VirtualClock;
  readonly #heap: Event[] = [];
  #turns = 0;
  #now: number;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    this.#now = epochOf(clock.now());
  }

  /** In epoch milliseconds. */
  get now(): number {
    return this.#now;
  }

  /** When the next one happens; undefined: nothing will. */
  get next(): number | undefined {
    return this.#heap[0]?.at;
  }

  /** Epoch milliseconds; what would be in the past happens now. */
  at(at: number, run: () => void): void {
    const heap = this.#heap;
    const event = { at: Math.max(at, this.#now), turn: this.#turns++, run };
    let place = heap.length;
    heap.push(event);
    while (place > 0) {
      const parentPlace = (place - 1) >> 1;
      const parent = heap[parentPlace];
      if (parent === undefined || isBefore(parent, event)) break;
      heap[place] = parent;
      place = parentPlace;
    }
    heap[place] = event;
  }

  after(ms: number, run: () => void): void {
    this.at(this.#now + ms, run);
  }

  delay(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  moveTo(at: number): void {
    if (at <= this.#now) return;
    this.#now = at;
    this.#clock.moveTo(instantOf(at));
  }

  /** The next one happens, with all that follows from it at once. */
  async step(): Promise<void> {
    const event = this.#take();
    if (event === undefined) return;
    this.moveTo(event.at);
    event.run();
    await settled();
  }

  #take(): Event | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]];
      if (left === undefined) break;
      const [child, childPlace] =
        right !== undefined && isBefore(right, left) ? [right, 2 * place + 2] : [left, 2 * place + 1];
      if (isBefore(last, child)) break;
      heap[place] = child;
      place = childPlace;
    }
    heap[place] = last;
    return first;
  }
}

const isBefore = (a: Event, b: Event): boolean => (a.at !== b.at ? a.at < b.at : a.turn < b.turn);

/** Everything in memory goes on by microtasks alone: when this one comes, there are none left. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
