import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { accountReader, leadReader } from '../leads/lead-reader.ts';
import type { AccountReader, LeadReader, PolicySource } from '../ports.ts';
import { dynamoLeadRecords } from './dynamo-lead-records.ts';
import { dynamoLeadStore } from './dynamo-lead-store.ts';

export const dynamoLeadReader = (
  client: DynamoDBClient,
  table: string,
  policies: Pick<PolicySource, 'published'>,
): LeadReader =>
  leadReader({
    leads: dynamoLeadStore(client, table),
    records: dynamoLeadRecords(client, table),
    policies,
  });

export const dynamoAccountReader = (client: DynamoDBClient, table: string): AccountReader =>
  accountReader({ records: dynamoLeadRecords(client, table) });
