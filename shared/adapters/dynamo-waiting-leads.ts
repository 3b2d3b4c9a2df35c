import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { WaitingLeads } from '../ports.ts';
import { heldShards, waitingShards } from './due-shards.ts';

/** Read from the sparse index `due` of the leads' table, where they stand in partitions of their own. */
export const dynamoWaitingLeads = (client: DynamoDBClient, table: string): WaitingLeads =>
  leadsIn(client, table, waitingShards);

/** Those that were held back in a surge. */
export const dynamoHeldLeads = (client: DynamoDBClient, table: string): WaitingLeads =>
  leadsIn(client, table, heldShards);

const leadsIn = (client: DynamoDBClient, table: string, shards: readonly string[]): WaitingLeads => ({
  async *ids() {
    for (const shard of shards) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: 'due',
          KeyConditionExpression: 'due = :shard',
          ExpressionAttributeValues: { ':shard': { S: shard } },
        },
      );
      for await (const { Items = [] } of pages)
        for (const { pk } of Items) yield (pk?.S ?? '').slice('lead#'.length);
    }
  },
});
