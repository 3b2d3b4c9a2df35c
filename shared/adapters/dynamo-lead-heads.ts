import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { LeadHeads, LoadedLead } from '../ports.ts';
import { dynamoLeadItems } from './dynamo-lead-items.ts';
import { headKey, type Item, loadedHead, partitionOf } from './lead-item-layout.ts';

/**
 * Read by a scan of the whole table, eventually consistent: pages of heads, as many as a megabyte of the table has. What
 * people judged of a lead is in an item of its own, so such a lead is read anew.
 */
export const dynamoLeadHeads = (client: DynamoDBClient, table: string): LeadHeads => {
  const items = dynamoLeadItems(client, table);
  const whole = async (item: Item): Promise<Readonly<{ leadId: string; loaded: LoadedLead }>> => {
    const leadId = (item.pk?.S ?? '').slice(partitionOf('').length);
    const loaded = loadedHead(item);
    return { leadId, loaded: loaded.judgedAt === undefined ? loaded : await items.head(leadId) };
  };
  return {
    async *pages() {
      const pages = paginateScan(
        { client },
        {
          TableName: table,
          FilterExpression: 'sk = :head AND begins_with(pk, :lead)',
          ExpressionAttributeValues: { ':head': { S: headKey }, ':lead': { S: partitionOf('') } },
        },
      );
      for await (const { Items = [] } of pages) yield await Promise.all(Items.map(whole));
    },
  };
};
