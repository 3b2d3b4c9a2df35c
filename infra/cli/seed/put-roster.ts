import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../../shared/adapters/dynamo-aggregates.ts';
import { rosterCodecs } from '../../../shared/adapters/roster-codecs.ts';
import type { Roster, RosterStates } from '../../../shared/domain/roster.ts';
import { changeRoster } from '../../../shared/roster/change-roster.ts';

/** Puts a roster in place of the one before; loads of teams stay as they are. */
export const putRoster = async (dynamo: DynamoDBClient, table: string, roster: Roster): Promise<void> => {
  await changeRoster(dynamoAggregates<RosterStates>(dynamo, rosterCodecs(table)), () => roster);
};
