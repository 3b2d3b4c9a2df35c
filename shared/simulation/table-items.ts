import type { Instant } from '../domain/time.ts';
import type { StampedFact } from '../events/facts.ts';
import { DueOrder, type Slot } from './due-order.ts';
import { storedValue } from './stored-value.ts';

export type TableItem = Readonly<{
  kind: string;
  id: string;
  version: number;
  state: unknown;
  facts: readonly StampedFact[];
  dueAt?: Instant;
  openSince?: Instant;
}>;

type ItemSlot = Slot & { item: TableItem };

/** The items of a table, by kind and id; their key as text is `<kind>#<id>`. It always knows what is due first. */
export class TableItems {
  readonly #kinds = new Map<string, Map<string, ItemSlot>>();
  readonly #order = new DueOrder<ItemSlot>();

  find(kind: string, id: string): TableItem | undefined {
    return this.#kinds.get(kind)?.get(id)?.item;
  }

  /** @throws NotStorableError */
  put(next: TableItem): void {
    const item = { ...next, state: storedValue(next.state) };
    const slots = this.#kinds.get(item.kind) ?? new Map<string, ItemSlot>();
    const known = slots.get(item.id);
    const before = known?.item.dueAt;
    const slot = known ?? { item, turn: 0 };
    if (known === undefined) this.#kinds.set(item.kind, slots.set(item.id, slot));
    slot.item = item;
    if (item.dueAt === before) return;
    if (item.dueAt === undefined) slot.turn = 0;
    else this.#order.enter(slot, item.dueAt);
  }

  firstDue(): Instant | undefined {
    return this.#order.first()?.dueAt;
  }

  /** Up to `limit` items whose due time is not after `now`, the longest overdue first. They stay due. */
  due(now: Instant, limit: number): readonly TableItem[] {
    return this.#order.due(now, limit).map(({ item }) => item);
  }

  get(key: string): TableItem | undefined {
    const end = key.indexOf('#');
    return this.find(key.slice(0, end), key.slice(end + 1));
  }

  get size(): number {
    return [...this.#kinds.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Kind by kind, each in the order in which its items came. */
  *values(): Generator<TableItem> {
    for (const slots of this.#kinds.values()) for (const { item } of slots.values()) yield item;
  }

  *[Symbol.iterator](): Generator<[key: string, item: TableItem]> {
    for (const item of this.values()) yield [`${item.kind}#${item.id}`, item];
  }
}
