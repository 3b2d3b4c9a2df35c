import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import { api } from '../../shared/runtime/api.ts';
import { handoffsEnv, policyEnv, readEnv, rosterEnv, serviceEnv } from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { makeAnswerHandoff } from './answer-handoff.ts';
import { makeManageHandoff } from './manage-handoff.ts';
import { makeServeHandoffCalls } from './serve-handoff-calls.ts';

const env = readEnv(serviceEnv, handoffsEnv, rosterEnv, policyEnv);
const dynamo = new DynamoDBClient({});
const clock = invocationClock();
const aggregates = dynamoAggregates<SalesStates>(dynamo, {
  ...handoffCodecs(env.HANDOFFS_TABLE_NAME),
  ...rosterCodecs(env.ROSTER_TABLE_NAME),
});
const policy = dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME);

/** Calls of the CRM -> the facts of answer-handoff. */
export const handler = api({
  name: env.SERVICE_NAME,
  clock,
  routes: makeServeHandoffCalls({
    answer: makeAnswerHandoff({ aggregates, policy, clock }),
    manage: makeManageHandoff({ aggregates, policy, clock }),
    aggregates,
  }),
});
