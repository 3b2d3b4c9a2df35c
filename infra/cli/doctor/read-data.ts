import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../../shared/adapters/dynamo-aggregates.ts';
import { dynamoDueIndex } from '../../../shared/adapters/dynamo-due-index.ts';
import { dynamoPolicySource } from '../../../shared/adapters/dynamo-policy.ts';
import { dynamoPolicyStore } from '../../../shared/adapters/dynamo-policy-store.ts';
import { rosterCodecs } from '../../../shared/adapters/roster-codecs.ts';
import type { Roster, RosterStates } from '../../../shared/domain/roster.ts';
import { epochOf, type Instant } from '../../../shared/domain/time.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import type { ConnectionConfig } from '../environment-connection.ts';

/** Undefined: none was published. Throws if it cannot be read, or was altered. */
export const readPublishedPolicy = async (
  config: ConnectionConfig,
  table: string,
): Promise<PublishedPolicy | undefined> => {
  const client = new DynamoDBClient(config);
  if ((await dynamoPolicyStore(client, table).pointer()) === undefined) return undefined;
  return dynamoPolicySource(client, table).current();
};

/** Undefined: nobody has put one. Throws if this release cannot read it. */
export const readCurrentRoster = async (
  config: ConnectionConfig,
  table: string,
): Promise<Roster | undefined> => {
  const rosters = dynamoAggregates<RosterStates>(new DynamoDBClient(config), rosterCodecs(table));
  return (await rosters.load('roster', 'current')).state;
};

/** How long the item of all tables that has been due the longest has waited, in seconds; none: 0. */
export const readOverdueSeconds = async (
  config: ConnectionConfig,
  tables: readonly string[],
  now: Instant,
): Promise<number> => {
  const client = new DynamoDBClient(config);
  const oldest = await Promise.all(tables.map((table) => dynamoDueIndex(client, { table }).due(now, 1)));
  const waited = oldest.flat().map(({ dueAt }) => (epochOf(now) - epochOf(dueAt)) / 1000);
  return Math.max(0, ...waited);
};
