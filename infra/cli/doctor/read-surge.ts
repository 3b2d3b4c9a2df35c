import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoMqlPace } from '../../../shared/adapters/dynamo-mql-pace.ts';
import { dynamoHeldLeads } from '../../../shared/adapters/dynamo-waiting-leads.ts';
import type { MqlHour } from '../../../shared/domain/surge.ts';
import type { ConnectionConfig } from '../environment-connection.ts';

/** How many leads wait since a surge. */
export const readHeldCount = async (config: ConnectionConfig, table: string): Promise<number> => {
  let count = 0;
  for await (const _ of dynamoHeldLeads(new DynamoDBClient(config), table).ids()) count += 1;
  return count;
};

export const readPace = (config: ConnectionConfig, table: string): Promise<readonly MqlHour[]> =>
  dynamoMqlPace(new DynamoDBClient(config), table).hours();
