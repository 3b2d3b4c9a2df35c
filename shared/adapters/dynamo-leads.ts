import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { accountReader, leadEvidenceReader, leadReader } from '../leads/lead-reader.ts';
import type { AccountReader, LeadEvidenceReader, LeadReader, PolicySource } from '../ports.ts';
import { dynamoLeadRecords } from './dynamo-lead-records.ts';
import { dynamoLeadStore } from './dynamo-lead-store.ts';

export const dynamoLeadReader = (
  client: DynamoDBClient,
  table: string,
  policies: Pick<PolicySource, 'published'>,
): LeadReader => leadReader({ ...keptIn(client, table), policies });

export const dynamoLeadEvidenceReader = (
  client: DynamoDBClient,
  table: string,
  policies: Pick<PolicySource, 'published'>,
): LeadEvidenceReader => leadEvidenceReader({ ...keptIn(client, table), policies });

const keptIn = (client: DynamoDBClient, table: string) => ({
  leads: dynamoLeadStore(client, table),
  records: dynamoLeadRecords(client, table),
});

export const dynamoAccountReader = (client: DynamoDBClient, table: string): AccountReader =>
  accountReader({ records: dynamoLeadRecords(client, table) });
