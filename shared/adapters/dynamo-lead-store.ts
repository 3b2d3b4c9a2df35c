import {
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { LeadStore } from '../ports.ts';
import { isConflict, jitteredPause } from './dynamo-conflict.ts';
import { IncompleteLeadError, type Item, itemsOf, leadOf } from './lead-items.ts';

const maxReads = 5;

/**
 * Leads in DynamoDB: one partition each, read as a whole. The head is written conditionally; when it grows too large its
 * oldest engagements move to a chunk in the same transaction.
 */
export const dynamoLeadStore = (client: DynamoDBClient, table: string): LeadStore => ({
  async load(leadId) {
    for (let read = 1; read <= maxReads; read++) {
      const loaded = leadOf(await queryPartition(client, table, `lead#${leadId}`));
      if (loaded !== undefined) return loaded;
      await jitteredPause(read);
    }
    throw new IncompleteLeadError(`lead ${leadId} lacks a part of its timeline`);
  },
  async save(leadId, loaded, next) {
    const { head, chunk } = itemsOf(leadId, loaded, next);
    const putHead = {
      TableName: table,
      Item: head,
      ...(loaded.version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'v = :v',
            ExpressionAttributeValues: { ':v': { N: String(loaded.version) } },
          }),
    };
    try {
      if (chunk === undefined) await client.send(new PutItemCommand(putHead));
      else
        await client.send(
          new TransactWriteItemsCommand({
            TransactItems: [{ Put: putHead }, { Put: { TableName: table, Item: chunk } }],
          }),
        );
      return 'saved';
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      throw error;
    }
  },
  pause: jitteredPause,
});

const queryPartition = async (client: DynamoDBClient, table: string, pk: string): Promise<Item[]> => {
  const items: Item[] = [];
  let next: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey }: { Items?: Item[]; LastEvaluatedKey?: Item } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ConsistentRead: true,
        ...(next === undefined ? {} : { ExclusiveStartKey: next }),
      }),
    );
    items.push(...Items);
    next = LastEvaluatedKey;
  } while (next !== undefined);
  return items;
};
