import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoLeadRecords } from '../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import { dynamoMqlPace } from '../../shared/adapters/dynamo-mql-pace.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { firehoseLog } from '../../shared/adapters/firehose-log.ts';
import { hmacKeyedHash } from '../../shared/adapters/hmac-keyed-hash.ts';
import { metricLines } from '../../shared/adapters/metric-lines.ts';
import { secretText } from '../../shared/adapters/secrets-manager.ts';
import {
  hashKeyEnv,
  leadsEnv,
  policyEnv,
  rawLogEnv,
  readEnv,
  rejectedLogEnv,
  serviceEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { scoreLeadJob } from './job.ts';

const env = readEnv(serviceEnv, leadsEnv, policyEnv, rawLogEnv, rejectedLogEnv, hashKeyEnv);
const client = new DynamoDBClient({});
const firehose = new FirehoseClient({});
const clock = invocationClock();

export const handler = worker({
  name: env.SERVICE_NAME,
  clock,
  rejected: firehoseLog(firehose, env.REJECTED_STREAM_NAME),
  ...scoreLeadJob({
    leads: dynamoLeadStore(client, env.LEADS_TABLE_NAME),
    records: dynamoLeadRecords(client, env.LEADS_TABLE_NAME),
    policy: dynamoPolicySource(client, env.POLICY_TABLE_NAME),
    rawLog: firehoseLog(firehose, env.RAW_STREAM_NAME),
    brake: {
      pace: dynamoMqlPace(client, env.LEADS_TABLE_NAME),
      metrics: metricLines(env.SERVICE_NAME, env.ENVIRONMENT),
    },
    keyedHash: hmacKeyedHash(secretText(new SecretsManagerClient({}), env.HASH_KEY_SECRET_ARN)),
    clock,
  }),
});
