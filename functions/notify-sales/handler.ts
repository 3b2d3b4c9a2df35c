import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoLeadEvidenceReader } from '../../shared/adapters/dynamo-leads.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { mailRoutingOf } from '../../shared/adapters/mail-routing.ts';
import { emfMetrics } from '../../shared/adapters/metrics.ts';
import { noticesCodecs } from '../../shared/adapters/notices-codecs.ts';
import { pasetoTokens } from '../../shared/adapters/paseto-tokens.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import { secretText } from '../../shared/adapters/secrets-manager.ts';
import { sesMailer } from '../../shared/adapters/ses-mailer.ts';
import { snsAlertTopic } from '../../shared/adapters/sns-alert-topic.ts';
import {
  alertTopicEnv,
  handoffsEnv,
  internalMailEnv,
  leadsEnv,
  linkKeyEnv,
  mailEnv,
  noticesEnv,
  policyEnv,
  publicUrlEnv,
  readEnv,
  rosterEnv,
  serviceEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { notifySalesJob } from './job.ts';

const data = readEnv(serviceEnv, noticesEnv, handoffsEnv, rosterEnv, leadsEnv, policyEnv);
const ways = readEnv(mailEnv, internalMailEnv, publicUrlEnv, linkKeyEnv, alertTopicEnv);
const dynamo = new DynamoDBClient({});
const policy = dynamoPolicySource(dynamo, data.POLICY_TABLE_NAME);
const clock = invocationClock();
const linkKey = secretText(new SecretsManagerClient({}), ways.LINK_KEY_SECRET_ARN);

export const handler = worker({
  name: data.SERVICE_NAME,
  clock,
  ...notifySalesJob({
    handoffs: dynamoAggregates(dynamo, handoffCodecs(data.HANDOFFS_TABLE_NAME)),
    roster: dynamoAggregates(dynamo, rosterCodecs(data.ROSTER_TABLE_NAME)),
    notices: dynamoAggregates(dynamo, noticesCodecs(data.NOTICES_TABLE_NAME)),
    leads: dynamoLeadEvidenceReader(dynamo, data.LEADS_TABLE_NAME, policy),
    policy,
    mailer: sesMailer({
      from: ways.MAIL_FROM,
      routing: mailRoutingOf(ways),
      configurationSets: { internal: ways.INTERNAL_CONFIGURATION_SET },
    }),
    tokens: pasetoTokens(async () => ({ current: await linkKey() }), clock),
    topic: snsAlertTopic(new SNSClient({}), ways.ALERT_TOPIC_ARN),
    metrics: emfMetrics(data.SERVICE_NAME, data.ENVIRONMENT),
    publicBaseUrl: ways.PUBLIC_BASE_URL,
    clock,
  }),
});
