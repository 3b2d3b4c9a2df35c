import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoLeadHeads } from '../../../shared/adapters/dynamo-lead-heads.ts';
import { dynamoLeadRecords } from '../../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../../shared/adapters/dynamo-lead-store.ts';
import { dynamoMqlPace } from '../../../shared/adapters/dynamo-mql-pace.ts';
import { dynamoPolicySource } from '../../../shared/adapters/dynamo-policy.ts';
import { dynamoHeldLeads } from '../../../shared/adapters/dynamo-waiting-leads.ts';
import { sqsQueue } from '../../../shared/adapters/sqs-queue.ts';
import { type EnvironmentConnection, outputNamed } from '../environment-connection.ts';
import { unreachable } from '../unreachable.ts';

const tablesOf = (connection: EnvironmentConnection) => {
  const client = new DynamoDBClient(connection.clientConfig);
  const table = outputNamed(connection, 'LeadsTableName');
  return {
    client,
    leads: dynamoLeadStore(client, table),
    heads: dynamoLeadHeads(client, table),
    held: dynamoHeldLeads(client, table),
    records: dynamoLeadRecords(client, table),
    policy: dynamoPolicySource(client, outputNamed(connection, 'PolicyTableName')),
    pace: dynamoMqlPace(client, table),
    /** The queue of advance-lead. */
    commands: sqsQueue(
      new SQSClient(connection.clientConfig),
      outputNamed(connection, 'AdvanceLeadQueueUrl'),
    ),
  };
};

export type ScoringWorld = ReturnType<typeof tablesOf>;

/**
 * Works with all leads of an environment, and with the policies that judge them.
 * @throws UnreachableError if it cannot be reached
 */
export const withScoringOf = async <T>(
  connection: EnvironmentConnection,
  work: (world: ScoringWorld) => Promise<T>,
): Promise<T> => {
  const world = tablesOf(connection);
  try {
    return await work(world);
  } catch (error) {
    throw unreachable(error, connection.environment);
  } finally {
    world.client.destroy();
  }
};
