import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { dynamoDueIndex } from '../../shared/adapters/dynamo-due-index.ts';
import { dynamoLeadRecords } from '../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import { dynamoLeadReader } from '../../shared/adapters/dynamo-leads.ts';
import { dynamoWaitingLeads } from '../../shared/adapters/dynamo-waiting-leads.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { publishedDefaultPolicy } from '../support/default-policy.ts';
import { meteredDynamo } from '../support/metered-dynamo.ts';
import { type LeadsUnderTest, leadStoreContract } from './lead-store.contract.ts';

const leadsUnderTest = (client: DynamoDBClient, table: string): LeadsUnderTest => ({
  leads: dynamoLeadStore(client, table),
  records: dynamoLeadRecords(client, table),
  reader: dynamoLeadReader(client, table, onePolicy(publishedDefaultPolicy())),
  dueIndex: dynamoDueIndex(client, { table, sortKey: '0' }),
  waiting: dynamoWaitingLeads(client, table),
  async outboxOf(leadId) {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: `lead#${leadId}` }, sk: { S: '0' } },
        ConsistentRead: true,
      }),
    );
    return Item?.facts?.S;
  },
});

const endpoint = process.env.BATON_TEST_ENDPOINT;

if (endpoint === undefined) {
  describe('DynamoDB keeps the contract of leads', () => {
    it.skip('skipped: BATON_TEST_ENDPOINT names no emulator', () => undefined);
  });
} else {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const table = `leads-${crypto.randomUUID()}`;

  beforeAll(async () => {
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'due', 'dueAt'].map((name) => ({
          AttributeName: name,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [
              { AttributeName: 'due', KeyType: 'HASH' },
              { AttributeName: 'dueAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    );
  });
  afterAll(async () => {
    await client.send(new DeleteTableCommand({ TableName: table }));
  });

  leadStoreContract('DynamoDB', async () => leadsUnderTest(client, table));
}

leadStoreContract('the adapter of DynamoDB, on a table in memory,', async () =>
  leadsUnderTest(meteredDynamo(undefined, { pageSize: 3 }), 'leads'),
);
