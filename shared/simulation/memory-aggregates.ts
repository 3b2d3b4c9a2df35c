import type { StampedFact } from '../events/facts.ts';
import type { Aggregates, Change, DueIndex, OpenIndex } from '../ports.ts';
import { TableItems } from './table-items.ts';

/** A table in memory: what `dynamoAggregates` does, without I/O. States are frozen, so nobody changes them by accident. */
export type MemoryTable = Readonly<{
  items: TableItems;
  /** Facts in the order in which they were saved, as a table's stream would show them. */
  stream: StampedFact[];
}>;

export const memoryTable = (): MemoryTable => ({ items: new TableItems(), stream: [] });

export const memoryAggregates = <States extends object>(table: MemoryTable): Aggregates<States> => ({
  async load(kind, id) {
    const item = table.items.find(kind, id);
    return item === undefined
      ? { state: undefined, version: 0 }
      : // The map is shared by all kinds; its key says which one it is.
        { state: item.state as States[typeof kind], version: item.version };
  },
  async commit(changes) {
    const current = (change: Change) => table.items.find(change.kind, change.id)?.version ?? 0;
    if (changes.some((change) => current(change) !== change.version)) return 'conflict';
    for (const { kind, id, version, state, facts, dueAt, openSince } of changes) {
      table.items.put({
        kind,
        id,
        version: version + 1,
        state,
        facts,
        ...(dueAt === undefined ? {} : { dueAt }),
        ...(openSince === undefined ? {} : { openSince }),
      });
      table.stream.push(...facts);
    }
    return 'saved';
  },
  pause: async () => undefined,
});

export const memoryDueIndex = ({ items }: MemoryTable): DueIndex => ({
  async due(now, limit) {
    return items
      .due(now, limit)
      .flatMap(({ kind, id, dueAt }) => (dueAt === undefined ? [] : [{ kind, id, dueAt }]));
  },
  async lease({ kind, id, dueAt }, until) {
    const item = items.find(kind, id);
    if (item?.dueAt !== dueAt) return false;
    items.put({ ...item, facts: [], dueAt: until });
    return true;
  },
});

export const memoryOpenIndex = ({ items }: MemoryTable): OpenIndex => ({
  async oldest() {
    let oldest: string | undefined;
    for (const { openSince } of items.values())
      if (openSince !== undefined && (oldest === undefined || openSince < oldest)) oldest = openSince;
    return oldest;
  },
});
