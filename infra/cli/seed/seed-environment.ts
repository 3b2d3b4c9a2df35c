import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoPolicyStore } from '../../../shared/adapters/dynamo-policy-store.ts';
import type { Roster } from '../../../shared/domain/roster.ts';
import { loadPolicy } from '../../../shared/policy/load-policy.ts';
import { publishPolicy } from '../../../shared/policy/publish-policy.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { putRoster } from './put-roster.ts';
import { readRoster } from './read-roster.ts';

export type SeedTables = Readonly<{ PolicyTableName: string; RosterTableName: string }>;

/** Publishes the shipped policy, but for its surge brake, and puts the shipped roster in its place. May be done again. */
export const seedEnvironment = async (
  dynamo: DynamoDBClient,
  tables: SeedTables,
  { year }: Readonly<{ year: number }>,
): Promise<Readonly<{ policy: Policy; roster: Roster }>> => {
  // Weeks pass here in a minute, so that much comes at once and nothing is a surge.
  const { surge: _, ...policy } = await loadPolicy({ year });
  const roster = await readRoster(policy);
  await publishPolicy(dynamoPolicyStore(dynamo, tables.PolicyTableName), policy);
  await putRoster(dynamo, tables.RosterTableName, roster);
  return { policy, roster };
};
