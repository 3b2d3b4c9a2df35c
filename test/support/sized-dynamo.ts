import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { type Item, itemBytes, readUnits } from '../../infra/cli/costs/item-size.ts';

/** One read as DynamoDB bills it: `rows` of an index or the table, and their units. */
export type Read = Readonly<{ from: 'table' | 'due' | 'open'; rows: number; units: number }>;

type Index = Readonly<{ partition: string; sort: string }>;
const indexes: Readonly<Record<'due' | 'open', Index>> = {
  due: { partition: 'due', sort: 'dueAt' },
  open: { partition: 'open', sort: 'openSince' },
};

/** A page ends here. */
const pageBytes = 1_048_576;

/**
 * One table in memory with its sparse KEYS_ONLY indexes, which tells of each read what DynamoDB would bill: the bytes of
 * all rows that it passes, in 4 KB begun, half if eventually consistent. Rows of an index lie in the order of their sort
 * key, and a query passes them from its first on until its range, its limit or a page is at an end. It throws at what it
 * does not know.
 */
export const sizedDynamo = (onRead: (read: Read) => void = () => undefined) => {
  const items = new Map<string, Item>();
  let sorted: Map<string, Item[]> | undefined;

  /** Sorted when it is asked for the first time after a write. */
  const rowsOf = (name: 'due' | 'open', partition: string): readonly Item[] => {
    sorted ??= indexed(items.values());
    return sorted.get(`${name} ${partition}`) ?? [];
  };

  const query = (input: QueryCommand['input']) => {
    const { index, shard, until } = readQuery(input);
    const { sort } = indexes[index];
    const rows = rowsOf(index, shard);
    const after = input.ExclusiveStartKey?.pk?.S;
    const start = after === undefined ? 0 : rows.findIndex(({ pk }) => pk?.S === after) + 1;
    const page: Item[] = [];
    let bytes = 0;
    for (
      let i = start;
      i < rows.length && page.length < (input.Limit ?? Infinity) && bytes < pageBytes;
      i++
    ) {
      const row = rows[i] ?? {};
      if (textOf(row[sort]) > until) break;
      page.push(row);
      bytes += itemBytes(row);
    }
    onRead({ from: index, rows: page.length, units: readUnits(bytes) / 2 });
    const goesOn = page.length === input.Limit || bytes >= pageBytes;
    return { Items: page, ...(goesOn ? { LastEvaluatedKey: page.at(-1) } : {}) };
  };

  const get = ({ Key = {}, ConsistentRead }: GetItemCommand['input']) => {
    const item = items.get(textOf(Key.pk));
    onRead({
      from: 'table',
      rows: 1,
      units: readUnits(item === undefined ? 0 : itemBytes(item)) / (ConsistentRead ? 1 : 2),
    });
    return item === undefined ? {} : { Item: item };
  };

  const client = {
    async send(command: unknown): Promise<object> {
      if (command instanceof QueryCommand) return query(command.input);
      if (command instanceof GetItemCommand) return get(command.input);
      if (!(command instanceof PutItemCommand)) throw new TypeError('a call that is not counted');
      const { Item: item = {} } = command.input;
      items.set(textOf(item.pk), item);
      sorted = undefined;
      return {};
    },
  };
  // The adapters only ever send.
  return {
    client: client as unknown as DynamoDBClient,
    /** Before the first query they may be put here, too. */
    items,
  };
};

/** Of those queries that adapters make. */
const readQuery = ({
  IndexName,
  KeyConditionExpression,
  FilterExpression,
  ExpressionAttributeValues = {},
}: QueryCommand['input']) => {
  const shard = textOf(ExpressionAttributeValues[':shard']);
  if (FilterExpression !== undefined) throw new TypeError('it filters nothing');
  if (IndexName === 'due' && KeyConditionExpression === 'due = :shard AND dueAt <= :now')
    return { index: IndexName, shard, until: textOf(ExpressionAttributeValues[':now']) } as const;
  if (IndexName === 'open' && KeyConditionExpression === '#open = :shard')
    return { index: IndexName, shard, until: '9' } as const;
  throw new TypeError(`it does not know the query ${KeyConditionExpression}`);
};

const textOf = (value: AttributeValue | undefined): string => value?.S ?? '';

const indexed = (items: Iterable<Item>): Map<string, Item[]> => {
  const partitions = new Map<string, Item[]>();
  for (const { pk, ...item } of items)
    for (const [name, { partition, sort }] of Object.entries(indexes)) {
      const [inPartition, at] = [item[partition], item[sort]];
      if (pk === undefined || inPartition === undefined || at === undefined) continue;
      const key = `${name} ${textOf(inPartition)}`;
      const rows = partitions.get(key) ?? [];
      rows.push({ pk, [partition]: inPartition, [sort]: at });
      partitions.set(key, rows);
    }
  for (const [key, rows] of partitions) {
    const sort = key.startsWith('due') ? 'dueAt' : 'openSince';
    rows.sort((a, b) => (textOf(a[sort]) < textOf(b[sort]) ? -1 : 1));
  }
  return partitions;
};
