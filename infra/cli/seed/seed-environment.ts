import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoPolicyStore } from '../../../shared/adapters/dynamo-policy-store.ts';
import type { Roster } from '../../../shared/domain/roster.ts';
import { loadPolicy } from '../../../shared/policy/load-policy.ts';
import { publishPolicy } from '../../../shared/policy/publish-policy.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { putRoster } from './put-roster.ts';
import { readRoster } from './read-roster.ts';

export type SeedTables = Readonly<{ PolicyTableName: string; RosterTableName: string }>;

/** Publishes the shipped policy and puts the shipped roster in its place. May be done again. */
export const seedEnvironment = async (
  dynamo: DynamoDBClient,
  tables: SeedTables,
  { year }: Readonly<{ year: number }>,
): Promise<Readonly<{ policy: Policy; roster: Roster }>> => {
  const policy = await loadPolicy({ year });
  const roster = await readRoster(policy);
  await publishPolicy(dynamoPolicyStore(dynamo, tables.PolicyTableName), policy);
  await putRoster(dynamo, tables.RosterTableName, roster);
  return { policy, roster };
};
