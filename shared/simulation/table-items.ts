import type { Instant } from '../domain/time.ts';
import type { StampedFact } from '../events/facts.ts';
import { DueItems } from './due-items.ts';

export type TableItem = Readonly<{
  kind: string;
  id: string;
  version: number;
  state: unknown;
  facts: readonly StampedFact[];
  dueAt?: Instant;
}>;

export const keyOf = ({ kind, id }: Readonly<{ kind: string; id: string }>): string => `${kind}#${id}`;

/** The items of a table by their key, `<kind>#<id>`. They are found by kind and id as well: most reads make no key. */
export class TableItems extends DueItems<TableItem> {
  readonly #kinds = new Map<string, Map<string, TableItem>>();

  override set(key: string, item: TableItem): this {
    const items = this.#kinds.get(item.kind) ?? new Map<string, TableItem>();
    this.#kinds.set(item.kind, items.set(item.id, item));
    return super.set(key, item);
  }

  override delete(key: string): boolean {
    const item = this.get(key);
    if (item !== undefined) this.#kinds.get(item.kind)?.delete(item.id);
    return super.delete(key);
  }

  override clear(): void {
    this.#kinds.clear();
    super.clear();
  }

  find(kind: string, id: string): TableItem | undefined {
    return this.#kinds.get(kind)?.get(id);
  }
}
