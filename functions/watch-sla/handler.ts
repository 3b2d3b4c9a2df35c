import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import { due } from '../../shared/events/due.ts';
import { handoffsEnv, policyEnv, readEnv, rosterEnv, serviceEnv } from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { oneByOne, worker } from '../../shared/runtime/worker.ts';
import { makeWatchSla } from './watch-sla.ts';

const env = readEnv(serviceEnv, handoffsEnv, rosterEnv, policyEnv);
const dynamo = new DynamoDBClient({});
const clock = invocationClock();
const watchSla = makeWatchSla({
  aggregates: dynamoAggregates<SalesStates>(dynamo, {
    ...handoffCodecs(env.HANDOFFS_TABLE_NAME),
    ...rosterCodecs(env.ROSTER_TABLE_NAME),
  }),
  policy: dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME),
  clock,
});

/** Due -> HandoffReminded, HandoffBreached, HandoffReassigned, HandoffEscalated, HandoffPulledBack. */
export const handler = worker({
  name: env.SERVICE_NAME,
  accepts: [due],
  clock,
  groupOf: ({ detail }) => detail.id,
  work: oneByOne(({ detail }) => watchSla(detail)),
});
