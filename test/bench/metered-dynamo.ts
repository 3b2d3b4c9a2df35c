import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { type Item, itemBytes, readUnits, writeUnits } from '../../infra/cli/costs/item-size.ts';

/** Request units of one call, by what the partition key begins with: `lead` with its chunks, `profile`, ... */
export type Call = Readonly<{ name: string; kind: string; write: number; read: number }>;

type Put = NonNullable<ConstructorParameters<typeof PutItemCommand>[0]>;

/**
 * A table in memory that tells of every call what DynamoDB would bill, by its rules: a write counts the larger of the
 * item before and after, in KB begun, a transaction twice; a read 4 KB begun, half if eventually consistent. Indexes
 * are not counted. It throws at a call or condition that it does not know, so that nothing is counted as nothing.
 */
export const meteredDynamo = (onCall?: (call: Call) => void): DynamoDBClient => {
  const partitions = new Map<string, Map<string, Item>>();
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
  const tell = (name: string, pk: string, units: () => Partial<Pick<Call, 'write' | 'read'>>) => {
    onCall?.({ name, kind: pk.split('#')[0] ?? '', write: 0, read: 0, ...units() });
  };

  const check = ({ Item: item = {}, ConditionExpression, ExpressionAttributeValues }: Put) => {
    const before = partition(textOf(item.pk)).get(textOf(item.sk));
    if (!holds(ConditionExpression, before, ExpressionAttributeValues))
      throw new ConditionalCheckFailedException({ message: 'the condition does not hold', $metadata: {} });
  };
  /** Returns the units. */
  const write = ({ Item: item = {} }: Put): number => {
    const stored = partition(textOf(item.pk));
    const before = stored.get(textOf(item.sk));
    stored.set(textOf(item.sk), item);
    return onCall ? writeUnits(Math.max(sizeOf(item), sizeOf(before))) : 0;
  };

  const send = async (command: unknown): Promise<object> => {
    if (command instanceof GetItemCommand) {
      const { Key = {}, ConsistentRead } = command.input;
      const item = partition(textOf(Key.pk)).get(textOf(Key.sk));
      tell('get', textOf(Key.pk), () => ({ read: readUnits(sizeOf(item)) / (ConsistentRead ? 1 : 2) }));
      return item === undefined ? {} : { Item: item };
    }
    if (command instanceof PutItemCommand) {
      check(command.input);
      const units = write(command.input);
      tell('put', textOf(command.input.Item?.pk), () => ({ write: units }));
      return {};
    }
    if (command instanceof TransactWriteItemsCommand) {
      const puts = (command.input.TransactItems ?? []).map(({ Put: put }) => {
        if (put === undefined) throw new TypeError('only puts are known in transactions');
        return put;
      });
      puts.forEach(check);
      const units = puts.reduce((sum, put) => sum + 2 * write(put), 0);
      tell('transaction', textOf(puts[0]?.Item?.pk), () => ({ write: units }));
      return {};
    }
    if (command instanceof QueryCommand && command.input.IndexName === undefined) {
      const { KeyConditionExpression, ExpressionAttributeValues, ConsistentRead, Limit } = command.input;
      const pk = textOf(ExpressionAttributeValues?.[':pk']);
      const found = [...partition(pk).values()].filter((item) =>
        holds(KeyConditionExpression, item, ExpressionAttributeValues),
      );
      const items = Limit === undefined ? found : found.sort(bySortKey).slice(0, Limit);
      tell('query', pk, () => {
        const bytes = items.reduce((sum, item) => sum + sizeOf(item), 0);
        return { read: readUnits(bytes) / (ConsistentRead ? 1 : 2) };
      });
      return { Items: items };
    }
    throw new TypeError(`it does not know ${command?.constructor.name}`);
  };
  // The adapters only ever send.
  return { send } as unknown as DynamoDBClient;
};

/** Text, number, or bytes in an order that is theirs. */
const textOf = (value: AttributeValue | undefined): string =>
  value?.S ?? value?.N ?? (value?.B === undefined ? '' : Buffer.from(value.B).toString('latin1'));

const bySortKey = (a: Item, b: Item): number => (textOf(a.sk) < textOf(b.sk) ? -1 : 1);

/** `a = :b` and the like, joined by AND; `attribute_not_exists(a)`. */
const holds = (
  expression: string | undefined,
  item: Item | undefined,
  values: Record<string, AttributeValue> | undefined,
): boolean =>
  expression === undefined ||
  expression.split(' AND ').every((part) => {
    const absent = /^attribute_not_exists\((\w+)\)$/.exec(part)?.[1];
    if (absent !== undefined) return item?.[absent] === undefined;
    const [, name = '', operator = '', placeholder = ''] = /^(\w+) (=|<=|>=|<|>) (:\w+)$/.exec(part) ?? [];
    const value = values?.[placeholder];
    if (value === undefined) throw new TypeError(`it does not know the condition ${expression}`);
    return item !== undefined && compare(operator, textOf(item[name]), textOf(value));
  });

const compare = (operator: string, a: string, b: string): boolean => {
  switch (operator) {
    case '=':
      return a === b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    default:
      return a > b;
  }
};
