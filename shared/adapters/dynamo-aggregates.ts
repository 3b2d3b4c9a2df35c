import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Aggregates, Change } from '../ports.ts';
import { dueShard, openShard } from './due-shards.ts';
import { isConflict, jitteredPause } from './dynamo-conflict.ts';
import { outboxText } from './outbox.ts';

/** Items carry the number of their layout, so that a release can still read those of the one before. */
const format = 1;

/** Reads a stored state; throws if it is not one. */
export type StateCodec<S> = Readonly<{ table: string; parse(stored: unknown): S }>;

/**
 * Aggregates as DynamoDB items: `pk` = `<kind>#<id>`, `v` version, `state` a map, `facts` the outbox,
 * `due`/`dueAt` the sparse due index, `open`/`openSince` that of what is open. One change is one conditional put, several are one transaction.
 */
export const dynamoAggregates = <States extends object>(
  client: DynamoDBClient,
  codecs: { readonly [K in keyof States]: StateCodec<States[K]> },
): Aggregates<States> => {
  const put = (change: Change<keyof States & string>): NonNullable<TransactWriteItem['Put']> => ({
    TableName: codecs[change.kind].table,
    Item: marshall(
      {
        pk: `${change.kind}#${change.id}`,
        format,
        v: change.version + 1,
        state: change.state,
        ...(change.facts.length === 0 ? {} : { facts: outboxText(change.facts) }),
        ...(change.dueAt === undefined ? {} : { due: dueShard(change.id), dueAt: change.dueAt }),
        ...(change.openSince === undefined
          ? {}
          : { open: openShard(change.id), openSince: change.openSince }),
      },
      { removeUndefinedValues: true },
    ),
    ...(change.version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'v = :v',
          ExpressionAttributeValues: { ':v': { N: String(change.version) } },
        }),
  });

  return {
    async load(kind, id) {
      const { table, parse } = codecs[kind];
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: { pk: { S: `${kind}#${id}` } }, ConsistentRead: true }),
      );
      if (Item === undefined) return { state: undefined, version: 0 };
      const { v, state } = unmarshall(Item);
      return { state: parse(state), version: v };
    },
    async commit(changes) {
      const puts = changes.map((change) => ({ Put: put(change) }));
      const [first, ...others] = puts;
      if (first === undefined) return 'saved';
      try {
        if (others.length === 0) await client.send(new PutItemCommand(first.Put));
        else await client.send(new TransactWriteItemsCommand({ TransactItems: puts }));
        return 'saved';
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },
    pause: jitteredPause,
  };
};
