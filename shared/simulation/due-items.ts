import type { Instant } from '../domain/time.ts';

/** What stands in the order of an item's due time; valid as long as it is the item's latest one. */
type Entry = Readonly<{ dueAt: Instant; turn: number; key: string }>;

/**
 * A map whose items may be due, which always knows what is due first, as a table's index does. A binary heap beside the
 * map: an item that gets another due time leaves its old entry behind, and that is dropped when it comes up.
 */
export class DueItems<T extends Readonly<{ dueAt?: Instant }>> extends Map<string, T> {
  readonly #heap: Entry[] = [];
  /** By key, the turn of the entry that counts. */
  readonly #turns = new Map<string, number>();
  #nextTurn = 0;

  override set(key: string, item: T): this {
    const before = super.get(key)?.dueAt;
    super.set(key, item);
    if (item.dueAt === before) return this;
    if (item.dueAt === undefined) this.#turns.delete(key);
    else this.#enter(key, item.dueAt);
    return this;
  }

  override delete(key: string): boolean {
    this.#turns.delete(key);
    return super.delete(key);
  }

  override clear(): void {
    this.#heap.length = 0;
    this.#turns.clear();
    super.clear();
  }

  /** The earliest due time of all items. */
  firstDue(): Instant | undefined {
    return this.#first()?.dueAt;
  }

  /** Up to `limit` items whose due time is not after `now`, the longest overdue first. They stay due. */
  due(now: Instant, limit: number): readonly T[] {
    const taken: Entry[] = [];
    for (let first = this.#first(); first !== undefined && first.dueAt <= now; first = this.#first()) {
      if (taken.length >= limit) break;
      taken.push(first);
      this.#removeTop();
    }
    for (const entry of taken) this.#push(entry);
    return taken.flatMap(({ key }) => super.get(key) ?? []);
  }

  #enter(key: string, dueAt: Instant): void {
    const turn = this.#nextTurn++;
    this.#turns.set(key, turn);
    this.#push({ dueAt, turn, key });
  }

  #first(): Entry | undefined {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (this.#turns.get(top.key) === top.turn) return top;
      this.#removeTop();
    }
    return undefined;
  }

  #push(entry: Entry): void {
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

const isBefore = (a: Entry, b: Entry): boolean => (a.dueAt !== b.dueAt ? a.dueAt < b.dueAt : a.turn < b.turn);
