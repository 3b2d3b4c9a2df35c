import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import { handoffsEnv, policyEnv, readEnv, rosterEnv, serviceEnv } from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { watchSlaJob } from './job.ts';

const env = readEnv(serviceEnv, handoffsEnv, rosterEnv, policyEnv);
const dynamo = new DynamoDBClient({});
const clock = invocationClock();

export const handler = worker({
  name: env.SERVICE_NAME,
  clock,
  ...watchSlaJob({
    aggregates: dynamoAggregates<SalesStates>(dynamo, {
      ...handoffCodecs(env.HANDOFFS_TABLE_NAME),
      ...rosterCodecs(env.ROSTER_TABLE_NAME),
    }),
    policy: dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME),
    clock,
  }),
});
