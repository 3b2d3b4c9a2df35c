import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../../shared/adapters/dynamo-aggregates.ts';
import { rosterCodecs } from '../../../shared/adapters/roster-codecs.ts';
import { changeOf, decideAndCommit } from '../../../shared/commit.ts';
import type { Roster, RosterStates } from '../../../shared/domain/roster.ts';

/** Puts a roster in place of the one before; loads of teams stay as they are. */
export const putRoster = async (dynamo: DynamoDBClient, table: string, roster: Roster): Promise<void> => {
  const rosters = dynamoAggregates<RosterStates>(dynamo, rosterCodecs(table));
  await decideAndCommit(rosters, async () => {
    const loaded = await rosters.load('roster', 'current');
    return { changes: [changeOf('roster', 'current', loaded, { state: roster })], result: undefined };
  });
};
