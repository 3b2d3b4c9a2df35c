import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DueIndex, DueItem } from '../ports.ts';
import { dueShards } from './due-shards.ts';

type Row = Record<string, AttributeValue>;

/**
 * The sparse index `due` of a table, all its shards. It is eventually consistent: what it returns are hints.
 * `sortKey`: where items have one (`sk`), that of those which can be due.
 */
export const dynamoDueIndex = (
  client: DynamoDBClient,
  { table, sortKey }: Readonly<{ table: string; sortKey?: string }>,
): DueIndex => ({
  async due(now, limit) {
    const rows = await Promise.all(dueShards.map((shard) => query(client, table, shard, now, limit)));
    return rows
      .flat()
      .map(itemOf)
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0))
      .slice(0, limit);
  },
  async lease({ kind, id, dueAt }, until) {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `${kind}#${id}` }, ...(sortKey === undefined ? {} : { sk: { S: sortKey } }) },
          // The facts of the write before are out already; left here, this write would tell them again.
          UpdateExpression: 'SET dueAt = :until REMOVE facts',
          ConditionExpression: 'dueAt = :dueAt',
          ExpressionAttributeValues: { ':until': { S: until }, ':dueAt': { S: dueAt } },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});

/** The first `limit` rows of one shard, page by page. */
const query = async (
  client: DynamoDBClient,
  table: string,
  shard: string,
  now: string,
  limit: number,
): Promise<Row[]> => {
  const rows: Row[] = [];
  let next: Row | undefined;
  do {
    const { Items = [], LastEvaluatedKey }: { Items?: Row[]; LastEvaluatedKey?: Row } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'due',
        KeyConditionExpression: 'due = :shard AND dueAt <= :now',
        ExpressionAttributeValues: { ':shard': { S: shard }, ':now': { S: now } },
        Limit: limit - rows.length,
        ...(next === undefined ? {} : { ExclusiveStartKey: next }),
      }),
    );
    rows.push(...Items);
    next = LastEvaluatedKey;
  } while (next !== undefined && rows.length < limit);
  return rows;
};

const itemOf = ({ pk, dueAt }: Row): DueItem => {
  const key = pk?.S ?? '';
  const mark = key.indexOf('#');
  return { kind: key.slice(0, mark), id: key.slice(mark + 1), dueAt: dueAt?.S ?? '' };
};
