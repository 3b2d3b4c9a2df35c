import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoAccountReader, dynamoLeadEvidenceReader } from '../../shared/adapters/dynamo-leads.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import {
  handoffsEnv,
  leadsEnv,
  policyEnv,
  readEnv,
  rosterEnv,
  serviceEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { openHandoffJob } from './job.ts';

const env = readEnv(serviceEnv, handoffsEnv, rosterEnv, leadsEnv, policyEnv);
const dynamo = new DynamoDBClient({});
const policy = dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME);
const clock = invocationClock();

export const handler = worker({
  name: env.SERVICE_NAME,
  clock,
  ...openHandoffJob({
    aggregates: dynamoAggregates<SalesStates>(dynamo, {
      ...handoffCodecs(env.HANDOFFS_TABLE_NAME),
      ...rosterCodecs(env.ROSTER_TABLE_NAME),
    }),
    leads: dynamoLeadEvidenceReader(dynamo, env.LEADS_TABLE_NAME, policy),
    accounts: dynamoAccountReader(dynamo, env.LEADS_TABLE_NAME),
    policy,
    clock,
  }),
});
