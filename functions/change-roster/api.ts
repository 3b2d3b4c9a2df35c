import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import type { RosterStates } from '../../shared/domain/roster.ts';
import { api } from '../../shared/runtime/api.ts';
import { policyEnv, readEnv, rosterEnv, serviceEnv } from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { makeChangeRoster } from './change-roster.ts';
import { makeServeRosterCalls } from './serve-roster-calls.ts';

const env = readEnv(serviceEnv, rosterEnv, policyEnv);
const dynamo = new DynamoDBClient({});
const rosters = dynamoAggregates<RosterStates>(dynamo, rosterCodecs(env.ROSTER_TABLE_NAME));
const policy = dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME);

/** Calls of the system that knows who works in sales -> the roster. */
export const handler = api({
  name: env.SERVICE_NAME,
  clock: invocationClock(),
  routes: makeServeRosterCalls({ change: makeChangeRoster({ rosters, policy }), rosters }),
});
