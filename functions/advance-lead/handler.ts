import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoLeadRecords } from '../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { firehoseLog } from '../../shared/adapters/firehose-log.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { hmacKeyedHash } from '../../shared/adapters/hmac-keyed-hash.ts';
import { nurtureCodecs } from '../../shared/adapters/nurture-codecs.ts';
import { secretText } from '../../shared/adapters/secrets-manager.ts';
import {
  handoffsEnv,
  hashKeyEnv,
  leadsEnv,
  nurtureEnv,
  policyEnv,
  readEnv,
  rejectedLogEnv,
  serviceEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { advanceLeadJob } from './job.ts';

const env = readEnv(serviceEnv, leadsEnv, handoffsEnv, nurtureEnv, policyEnv, hashKeyEnv, rejectedLogEnv);
const client = new DynamoDBClient({});
const clock = invocationClock();
const rejected = firehoseLog(new FirehoseClient({}), env.REJECTED_STREAM_NAME);

export const handler = worker({
  name: env.SERVICE_NAME,
  clock,
  rejected,
  ...advanceLeadJob({
    leads: dynamoLeadStore(client, env.LEADS_TABLE_NAME),
    records: dynamoLeadRecords(client, env.LEADS_TABLE_NAME),
    handoffs: dynamoAggregates(client, handoffCodecs(env.HANDOFFS_TABLE_NAME)),
    nurture: dynamoAggregates(client, nurtureCodecs(env.NURTURE_TABLE_NAME)),
    policy: dynamoPolicySource(client, env.POLICY_TABLE_NAME),
    keyedHash: hmacKeyedHash(secretText(new SecretsManagerClient({}), env.HASH_KEY_SECRET_ARN)),
    rejected,
    clock,
  }),
});
