import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../../shared/adapters/dynamo-aggregates.ts';
import { dynamoPolicyStore } from '../../../shared/adapters/dynamo-policy-store.ts';
import { rosterCodecs } from '../../../shared/adapters/roster-codecs.ts';
import { changeOf, decideAndCommit } from '../../../shared/commit.ts';
import type { Roster, RosterStates } from '../../../shared/domain/roster.ts';
import { loadPolicy } from '../../../shared/policy/load-policy.ts';
import { publishPolicy } from '../../../shared/policy/publish-policy.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
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
  const rosters = dynamoAggregates<RosterStates>(dynamo, rosterCodecs(tables.RosterTableName));
  await publishPolicy(dynamoPolicyStore(dynamo, tables.PolicyTableName), policy);
  await decideAndCommit(rosters, async () => {
    const loaded = await rosters.load('roster', 'current');
    return { changes: [changeOf('roster', 'current', loaded, { state: roster })], result: undefined };
  });
  return { policy, roster };
};
