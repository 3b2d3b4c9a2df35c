import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoLeadReader } from '../../shared/adapters/dynamo-leads.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { nurtureCodecs } from '../../shared/adapters/nurture-codecs.ts';
import { leadsEnv, nurtureEnv, policyEnv, readEnv, serviceEnv } from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { enrollNurtureJob } from './job.ts';

const env = readEnv(serviceEnv, nurtureEnv, leadsEnv, policyEnv);
const dynamo = new DynamoDBClient({});
const policy = dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME);
const clock = invocationClock();

export const handler = worker({
  name: env.SERVICE_NAME,
  clock,
  ...enrollNurtureJob({
    nurture: dynamoAggregates(dynamo, nurtureCodecs(env.NURTURE_TABLE_NAME)),
    leads: dynamoLeadReader(dynamo, env.LEADS_TABLE_NAME, policy),
    policy,
    clock,
  }),
});
