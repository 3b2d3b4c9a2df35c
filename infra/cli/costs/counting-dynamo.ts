import {
  type AttributeValue,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { type Item, itemBytes, readUnits, writeUnits } from './item-size.ts';

/** Request units by kind of item (what its key begins with). */
export type Units = {
  writes: Map<string, number>;
  /** Of the sparse index `due`. */
  indexWrites: number;
  reads: Map<string, number>;
};

export const noUnits = (): Units => ({ writes: new Map(), indexWrites: 0, reads: new Map() });

export type CountingDynamo = Readonly<{ send(command: unknown): Promise<object> }>;

type Put = NonNullable<ConstructorParameters<typeof PutItemCommand>[0]>;
type Values = Record<string, AttributeValue> | undefined;

/**
 * A DynamoDB in memory that counts what on-demand tables would be billed. It knows the calls and conditions that the
 * adapters make, and throws at any other, so that nothing is counted as nothing.
 */
export const countingDynamo = (
  /** Whose units the next call adds to. */
  units: () => Units,
  onFacts: (text: string) => void = () => {},
): CountingDynamo => {
  const tables = new Map<string, Map<string, Item>>();

  const tableOf = (name: string | undefined): Map<string, Item> => {
    const key = name ?? '';
    const table = tables.get(key) ?? new Map<string, Item>();
    tables.set(key, table);
    return table;
  };

  const check = ({ TableName, Item: item = {}, ConditionExpression, ExpressionAttributeValues }: Put) => {
    const before = tableOf(TableName).get(keyOf(item));
    if (!holds(ConditionExpression, before, ExpressionAttributeValues))
      throw new ConditionalCheckFailedException({ message: 'the condition does not hold', $metadata: {} });
  };

  const write = ({ TableName, Item: item = {} }: Put, times: 1 | 2) => {
    const before = tableOf(TableName).get(keyOf(item));
    const needed = writeUnits(Math.max(itemBytes(item), before === undefined ? 0 : itemBytes(before)));
    add(units().writes, kindOf(item), needed * times);
    units().indexWrites += indexWrites(before, item);
    tableOf(TableName).set(keyOf(item), item);
    if (item.facts?.S !== undefined) onFacts(item.facts.S);
  };

  const get = ({ TableName, Key = {}, ConsistentRead }: GetItemCommand['input']) => {
    const item = tableOf(TableName).get(keyOf(Key));
    const needed = readUnits(item === undefined ? 0 : itemBytes(item));
    add(units().reads, kindOf(Key), needed / (ConsistentRead ? 1 : 2));
    return item === undefined ? {} : { Item: item };
  };

  const query = (input: QueryCommand['input']) => {
    const { TableName, IndexName, KeyConditionExpression, ExpressionAttributeValues: values } = input;
    const found = [...tableOf(TableName).values()].filter((item) =>
      holds(KeyConditionExpression, item, values),
    );
    const items = IndexName === undefined ? found.toSorted(byKey).slice(0, input.Limit) : found.map(keysOf);
    const needed = readUnits(items.reduce((sum, item) => sum + itemBytes(item), 0));
    const kind = IndexName === undefined ? kindOf({ pk: values?.[':pk'] ?? { S: 'others' } }) : 'index';
    add(units().reads, kind, needed / (input.ConsistentRead ? 1 : 2));
    return { Items: items };
  };

  const transact = ({ TransactItems = [] }: TransactWriteItemsCommand['input']) => {
    const puts = TransactItems.map(({ Put: put }) => {
      if (put === undefined) throw new TypeError('of transactions, only puts are counted');
      return put;
    });
    for (const put of puts) check(put);
    for (const put of puts) write(put, 2);
    return {};
  };

  return {
    async send(command) {
      if (command instanceof GetItemCommand) return get(command.input);
      if (command instanceof QueryCommand) return query(command.input);
      if (command instanceof TransactWriteItemsCommand) return transact(command.input);
      if (!(command instanceof PutItemCommand)) throw new TypeError('a call that is not counted');
      check(command.input);
      write(command.input, 1);
      return {};
    },
  };
};

const add = (counts: Map<string, number>, key: string, count: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + count);
};

const keyOf = ({ pk, sk }: Item): string => `${pk?.S ?? ''}|${sk?.S ?? ''}`;

const byKey = (a: Item, b: Item): number => (keyOf(a) < keyOf(b) ? -1 : 1);

/** `lead#...` with a sort key of its own is a part of that lead's timeline, or what was said of it. */
const kindOf = ({ pk, sk }: Item): string => {
  const kind = (pk?.S ?? '').split('#')[0] ?? '';
  return kind === 'lead' && sk !== undefined && sk.S !== '0' ? 'lead chunk' : kind;
};

/** What a put changes in the sparse index: a changed key is taken out and put in. */
const indexWrites = (before: Item | undefined, after: Item): number => {
  const [was, is] = [before, after].map((item) => item?.due && `${item.due.S} ${item.dueAt?.S}`);
  if (was === is) return 0;
  return (was === undefined ? 0 : 1) + (is === undefined ? 0 : 1);
};

/** The index holds keys only. */
const keysOf = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => ['pk', 'sk', 'due', 'dueAt'].includes(name)));

/** `a = :b`, `a <= :b` and the like, `a BETWEEN :b AND :c`, joined by AND; `attribute_not_exists(a)`. */
const holds = (expression: string | undefined, item: Item | undefined, values: Values): boolean =>
  expression === undefined ||
  plainRanges(expression)
    .split(/ AND /i)
    .every((part) => {
      const absent = /^attribute_not_exists\((\w+)\)$/.exec(part.trim())?.[1];
      if (absent !== undefined) return item?.[absent] === undefined;
      const [, name = '', operator = '', placeholder = ''] =
        /^(\w+) (=|<=|>=|<|>) (:\w+)$/.exec(part.trim()) ?? [];
      const value = values?.[placeholder];
      if (value === undefined) throw new TypeError(`it does not know the condition ${expression}`);
      return compares[operator]?.(textOf(item?.[name]), textOf(value)) ?? false;
    });

const plainRanges = (expression: string): string =>
  expression.replaceAll(/(\w+) BETWEEN (:\w+) AND (:\w+)/gi, '$1 >= $2 AND $1 <= $3');

const textOf = (value: AttributeValue | undefined): string => value?.S ?? value?.N ?? '';

const compares: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '<=': (a, b) => a !== '' && a <= b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a !== '' && a < b,
  '>': (a, b) => a > b,
};
