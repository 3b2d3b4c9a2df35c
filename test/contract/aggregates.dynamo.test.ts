import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { type Emulator, startEmulator } from '../../infra/local/emulator.ts';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoDueIndex } from '../../shared/adapters/dynamo-due-index.ts';
import { dynamoOpenIndex } from '../../shared/adapters/dynamo-open-index.ts';
import { aggregatesContract, type Crates } from '../support/aggregates-contract.ts';

const directory = fileURLToPath(new URL('../../.baton', import.meta.url));
const table = 'crates';
let emulator: Emulator;
let client: DynamoDBClient;

beforeAll(async () => {
  emulator = await startEmulator({
    directory,
    mailFrontUrl: 'http://127.0.0.1:1',
    clockUrl: 'http://127.0.0.1:1/clock',
  });
  client = new DynamoDBClient(emulator.clientConfig);
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: ['pk', 'due', 'dueAt', 'open', 'openSince'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        { name: 'due', sortKey: 'dueAt' },
        { name: 'open', sortKey: 'openSince' },
      ].map(({ name, sortKey }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: name, KeyType: 'HASH' as const },
          { AttributeName: sortKey, KeyType: 'RANGE' as const },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' as const },
      })),
    }),
  );
}, 120_000);
afterAll(() => emulator.stop());

// What is parsed is what was stored: the contract's states need no schema.
const parse = <S>(stored: unknown): S => stored as S;

aggregatesContract('DynamoDB', async () => ({
  aggregates: dynamoAggregates<Crates>(client, { crate: { table, parse }, shelf: { table, parse } }),
  dueIndex: dynamoDueIndex(client, { table }),
  openIndex: dynamoOpenIndex(client, table),
  async outboxOf(kind, id) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: `${kind}#${id}` } } }),
    );
    return Item?.facts?.S;
  },
}));
