import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The emulator that `npm test` starts; undefined when a suite runs by itself. */
export const emulatorEndpoint = process.env.BATON_TEST_ENDPOINT;

/** The environment names endpoint, region and keys. */
export const emulatedDynamo = (): DynamoDBClient => new DynamoDBClient();

/** A table of one's own with the key `pk`; returns its name. */
export const createTable = async (client: DynamoDBClient, prefix: string): Promise<string> => {
  const TableName = `${prefix}-${crypto.randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  return TableName;
};
