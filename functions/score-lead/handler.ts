import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoLeadRecords } from '../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { firehoseLog } from '../../shared/adapters/firehose-log.ts';
import { hmacKeyedHash } from '../../shared/adapters/hmac-keyed-hash.ts';
import { secretText } from '../../shared/adapters/secrets-manager.ts';
import { strongestName } from '../../shared/domain/identity.ts';
import { accountChanged, engagementRecorded, profileChanged } from '../../shared/events/inbound.ts';
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
import { allAtOnce, worker } from '../../shared/runtime/worker.ts';
import { makeChangeAccount } from './change-account.ts';
import { makeScoreLead } from './score-lead.ts';

const env = readEnv(serviceEnv, leadsEnv, policyEnv, rawLogEnv, rejectedLogEnv, hashKeyEnv);
const client = new DynamoDBClient({});
const firehose = new FirehoseClient({});
const clock = invocationClock();
const records = dynamoLeadRecords(client, env.LEADS_TABLE_NAME);
const scoreLead = makeScoreLead({
  leads: dynamoLeadStore(client, env.LEADS_TABLE_NAME),
  records,
  policy: dynamoPolicySource(client, env.POLICY_TABLE_NAME),
  rawLog: firehoseLog(firehose, env.RAW_STREAM_NAME),
  keyedHash: hmacKeyedHash(secretText(new SecretsManagerClient({}), env.HASH_KEY_SECRET_ARN)),
  clock,
});
const changeAccount = makeChangeAccount({ records });

/** EngagementRecorded, ProfileChanged -> LeadStageChanged, LeadAskedToTalk, LeadEngaged, ConsentStated. */
export const handler = worker({
  name: env.SERVICE_NAME,
  accepts: [engagementRecorded, profileChanged, accountChanged],
  clock,
  groupOf: ({ type, detail }) =>
    type === 'AccountChanged' ? `account:${detail.domain}` : strongestName(detail.lead),
  work: allAtOnce(async (messages) => {
    const ofLeads = messages.filter((message) => message.type !== 'AccountChanged');
    if (ofLeads.length > 0) await scoreLead(ofLeads);
    for (const { type, detail } of messages) if (type === 'AccountChanged') await changeAccount(detail);
  }),
  rejected: firehoseLog(firehose, env.REJECTED_STREAM_NAME),
});
