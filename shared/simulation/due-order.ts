import type { Instant } from '../domain/time.ts';

/** Something that may be due. `turn` is of its entry that counts; 0: it is not due. */
export type Slot = { turn: number };

type Entry<S> = Readonly<{ dueAt: Instant; turn: number; slot: S }>;

/**
 * What is due when, the first always at hand: a binary heap. What gets another due time leaves its old entry behind,
 * which is dropped when it comes up. Of one time, in the order of entering.
 */
export class DueOrder<S extends Slot> {
  readonly #heap: Entry<S>[] = [];
  #turns = 0;

  enter(slot: S, dueAt: Instant): void {
    slot.turn = ++this.#turns;
    this.#push({ dueAt, turn: slot.turn, slot });
  }

  first(): Readonly<{ dueAt: Instant }> | undefined {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (top.slot.turn === top.turn) return top;
      this.#removeTop();
    }
    return undefined;
  }

  /** Up to `limit` that are due at `now`, the longest overdue first. They stay due. */
  due(now: Instant, limit: number): readonly S[] {
    const taken: Entry<S>[] = [];
    while (taken.length < limit) {
      const first = this.first();
      const top = this.#heap[0];
      if (first === undefined || top === undefined || first.dueAt > now) break;
      taken.push(top);
      this.#removeTop();
    }
    for (const entry of taken) this.#push(entry);
    return taken.map(({ slot }) => slot);
  }

  #push(entry: Entry<S>): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || isBefore(parent, entry)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = entry;
  }

  #removeTop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (left === undefined) break;
      const [child, childAt] =
        right !== undefined && isBefore(right, left) ? [right, 2 * at + 2] : [left, 2 * at + 1];
      if (isBefore(last, child)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Entry<unknown>, b: Entry<unknown>): boolean =>
  a.dueAt !== b.dueAt ? a.dueAt < b.dueAt : a.turn < b.turn;
