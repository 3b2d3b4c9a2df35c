import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Item, itemBytes, readUnits, writeUnits } from '../../infra/cli/costs/item-size.ts';
import { holds, textOf } from './dynamo-conditions.ts';

/** Request units of one call, by what the partition key begins with: `lead` with its chunks, `profile`, ... */
export type Call = Readonly<{
  name: string;
  kind: string;
  write: number;
  /** Of `write`, what is there only because facts leave with the item. */
  facts: number;
  read: number;
}>;

export type MeteredOptions = Readonly<{
  /** Whether an eventually consistent read shows an item as it was before its last write. */
  isStale?: () => boolean;
  /** So many items are a page. */
  pageSize?: number;
}>;

type Put = Pick<PutItemCommand['input'], 'Item' | 'ConditionExpression' | 'ExpressionAttributeValues'>;

type Units = Pick<Call, 'write' | 'facts'>;

/** The outbox, which the next write removes. */
const factsBytes = (item: Item | undefined): number =>
  item?.facts === undefined ? 0 : itemBytes({ facts: item.facts });

/**
 * A table in memory that tells of every call what DynamoDB would bill, by its rules: a write counts the larger of the
 * item before and after, in KB begun, a transaction twice; a read 4 KB begun, half if eventually consistent. Indexes
 * are not counted. It throws at a call or condition that it does not know, so that nothing is counted as nothing.
 */
export const meteredDynamo = (
  onCall?: (call: Call) => void,
  { isStale = () => false, pageSize = Infinity }: MeteredOptions = {},
): DynamoDBClient => {
  const partitions = new Map<string, Map<string, Item>>();
  const replaced = new WeakMap<Item, Item | undefined>();
  const sizes = new WeakMap<Item, number>();
  const sizeOf = (item: Item | undefined): number => {
    if (item === undefined) return 0;
    const known = sizes.get(item) ?? itemBytes(item);
    sizes.set(item, known);
    return known;
  };
  const partition = (pk: string): Map<string, Item> => {
    const known = partitions.get(pk) ?? new Map<string, Item>();
    partitions.set(pk, known);
    return known;
  };
  /** Sort keys of each partition, in order: a long one is not to be looked through for a few of its items. */
  const keys = new Map<string, string[]>();
  const addKey = (pk: string, sk: string) => {
    const sorted = keys.get(pk) ?? [];
    keys.set(pk, sorted);
    sorted.splice(placeOf(sorted, sk), 0, sk);
  };
  const itemsFrom = function* (pk: string, from: string, until: string | undefined): Generator<Item> {
    const sorted = keys.get(pk) ?? [];
    for (let i = placeOf(sorted, from); i < sorted.length; i++) {
      const sk = sorted[i] ?? '';
      if (until !== undefined && sk > until) return;
      const item = partition(pk).get(sk);
      if (item !== undefined) yield item;
    }
  };
  const tell = (name: string, pk: string, units: () => Partial<Pick<Call, 'write' | 'facts' | 'read'>>) => {
    onCall?.({ name, kind: pk.split('#')[0] ?? '', write: 0, facts: 0, read: 0, ...units() });
  };

  const isAllowed = ({ Item: item = {}, ConditionExpression, ExpressionAttributeValues }: Put): boolean =>
    holds(ConditionExpression, partition(textOf(item.pk)).get(textOf(item.sk)), ExpressionAttributeValues);
  const check = (put: Put) => {
    if (!isAllowed(put))
      throw new ConditionalCheckFailedException({ message: 'the condition does not hold', $metadata: {} });
  };
  const write = ({ Item: given = {} }: Put): Units => {
    const item = owned(given);
    const stored = partition(textOf(item.pk));
    const before = stored.get(textOf(item.sk));
    if (before === undefined) addKey(textOf(item.pk), textOf(item.sk));
    stored.set(textOf(item.sk), item);
    replaced.set(item, before);
    if (onCall === undefined) return { write: 0, facts: 0 };
    const units = writeUnits(Math.max(sizeOf(item), sizeOf(before)));
    const without = Math.max(sizeOf(item) - factsBytes(item), sizeOf(before) - factsBytes(before));
    return { write: units, facts: units - writeUnits(without) };
  };

  const get = ({ Key = {}, ConsistentRead }: GetItemCommand['input']) => {
    const now = partition(textOf(Key.pk)).get(textOf(Key.sk));
    const item = now !== undefined && !ConsistentRead && isStale() ? replaced.get(now) : now;
    tell('get', textOf(Key.pk), () => ({ read: readUnits(sizeOf(item)) / (ConsistentRead ? 1 : 2) }));
    return item === undefined ? {} : { Item: item };
  };
  const put = (input: Put) => {
    check(input);
    const units = write(input);
    tell('put', textOf(input.Item?.pk), () => units);
    return {};
  };
  const transact = ({ TransactItems = [] }: TransactWriteItemsCommand['input']) => {
    const puts = TransactItems.map(({ Put: input }) => {
      if (input === undefined) throw new TypeError('only puts are known in transactions');
      return input;
    });
    const codes = puts.map((input) => ({ Code: isAllowed(input) ? 'None' : 'ConditionalCheckFailed' }));
    if (!puts.every(isAllowed))
      throw new TransactionCanceledException({
        message: 'a condition does not hold',
        $metadata: {},
        CancellationReasons: codes,
      });
    const units = puts
      .map(write)
      .reduce((sum, one) => ({ write: sum.write + 2 * one.write, facts: sum.facts + 2 * one.facts }), {
        write: 0,
        facts: 0,
      });
    tell('transaction', textOf(puts[0]?.Item?.pk), () => units);
    return {};
  };
  /** A lease. */
  const update = ({ Key = {}, UpdateExpression, ...condition }: UpdateItemCommand['input']) => {
    if (UpdateExpression !== 'SET dueAt = :until REMOVE facts')
      throw new TypeError(`it does not know the update ${UpdateExpression}`);
    const { facts: _, ...before } = partition(textOf(Key.pk)).get(textOf(Key.sk)) ?? Key;
    check({ ...condition, Item: before });
    const dueAt = condition.ExpressionAttributeValues?.[':until'] ?? { S: '' };
    const units = write({ ...condition, Item: { ...before, dueAt } });
    tell('update', textOf(Key.pk), () => units);
    return {};
  };
  const query = (input: QueryCommand['input']) => {
    const { KeyConditionExpression, ExpressionAttributeValues: values, ExclusiveStartKey, IndexName } = input;
    const { ConsistentRead, Limit = Infinity } = input;
    const pk = textOf(values?.[':pk']);
    const orderOf = (item: Item) =>
      IndexName === undefined ? textOf(item.sk) : textOf(item.dueAt) + textOf(item.pk);
    const candidates =
      IndexName === undefined
        ? itemsFrom(pk, textOf(ExclusiveStartKey?.sk ?? values?.[':from']), values?.[':until']?.S)
        : [...partitions.values()]
            .flatMap((stored) => [...stored.values()])
            .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    const atMost = Math.min(Limit, pageSize);
    const found: Item[] = [];
    for (const item of candidates) {
      if (!holds(KeyConditionExpression, item, values)) continue;
      if (ExclusiveStartKey === undefined || orderOf(item) > orderOf(ExclusiveStartKey)) found.push(item);
      // One more than asked for: there are more.
      if (found.length > atMost) break;
    }
    const items = found.slice(0, atMost);
    tell('query', pk, () => {
      const bytes = items.reduce((sum, item) => sum + sizeOf(item), 0);
      return { read: readUnits(bytes) / (ConsistentRead ? 1 : 2) };
    });
    return { Items: items, ...(items.length < found.length ? { LastEvaluatedKey: items.at(-1) } : {}) };
  };

  const send = async (command: unknown): Promise<object> => {
    if (command instanceof GetItemCommand) return get(command.input);
    if (command instanceof PutItemCommand) return put(command.input);
    if (command instanceof TransactWriteItemsCommand) return transact(command.input);
    if (command instanceof UpdateItemCommand) return update(command.input);
    if (command instanceof QueryCommand) return query(command.input);
    throw new TypeError(`it does not know ${command?.constructor.name}`);
  };
  // The adapters only ever send; paginators look who they are given.
  return Object.assign(Object.create(DynamoDBClient.prototype), { send }) as DynamoDBClient;
};

/** Where it is, or would be. */
const placeOf = (sorted: readonly string[], key: string): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** As a table keeps it: its bytes are its own. */
const owned = (item: Item): Item =>
  item.b?.B === undefined ? item : { ...item, b: { B: new Uint8Array(item.b.B) } };
