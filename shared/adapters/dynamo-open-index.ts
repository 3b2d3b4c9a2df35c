import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { OpenIndex } from '../ports.ts';
import { openShards } from './due-shards.ts';

/** The sparse index `open` of a table: one row of each shard is read, however many are open. Eventually consistent. */
export const dynamoOpenIndex = (client: DynamoDBClient, table: string): OpenIndex => ({
  async oldest() {
    const firsts = await Promise.all(
      openShards.map(async (shard) => {
        const { Items = [] } = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'open',
            KeyConditionExpression: '#open = :shard',
            ExpressionAttributeNames: { '#open': 'open' },
            ExpressionAttributeValues: { ':shard': { S: shard } },
            Limit: 1,
          }),
        );
        return Items.flatMap(({ openSince }) => openSince?.S ?? []);
      }),
    );
    return firsts.flat().sort()[0];
  },
});
