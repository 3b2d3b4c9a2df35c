import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoLeadReader } from '../../shared/adapters/dynamo-leads.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { hmacKeyedHash } from '../../shared/adapters/hmac-keyed-hash.ts';
import { mailRoutingOf } from '../../shared/adapters/mail-routing.ts';
import { emfMetrics } from '../../shared/adapters/metrics.ts';
import { nurtureCodecs } from '../../shared/adapters/nurture-codecs.ts';
import { pacedMailer } from '../../shared/adapters/paced-mailer.ts';
import { pasetoTokens } from '../../shared/adapters/paseto-tokens.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import { secretText } from '../../shared/adapters/secrets-manager.ts';
import { sesClient, sesMailer } from '../../shared/adapters/ses-mailer.ts';
import { sesRate } from '../../shared/adapters/ses-rate.ts';
import {
  consentKeyEnv,
  handoffsEnv,
  hashKeyEnv,
  leadsEnv,
  mailEnv,
  marketingMailEnv,
  nurtureEnv,
  policyEnv,
  publicUrlEnv,
  readEnv,
  rosterEnv,
  sendingShareEnv,
  serviceEnv,
  serviceMailEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { sendNurtureMailJob } from './job.ts';

const data = readEnv(serviceEnv, nurtureEnv, handoffsEnv, rosterEnv, leadsEnv, policyEnv);
const mail = readEnv(
  mailEnv,
  marketingMailEnv,
  serviceMailEnv,
  sendingShareEnv,
  publicUrlEnv,
  hashKeyEnv,
  consentKeyEnv,
);
const dynamo = new DynamoDBClient({});
const policy = dynamoPolicySource(dynamo, data.POLICY_TABLE_NAME);
const secrets = new SecretsManagerClient({});
const ses = sesClient();
const clock = invocationClock();
const consentKey = secretText(secrets, mail.CONSENT_KEY_SECRET_ARN);

export const handler = worker({
  name: data.SERVICE_NAME,
  clock,
  ...sendNurtureMailJob({
    nurture: dynamoAggregates(dynamo, nurtureCodecs(data.NURTURE_TABLE_NAME)),
    sales: dynamoAggregates(dynamo, {
      ...handoffCodecs(data.HANDOFFS_TABLE_NAME),
      ...rosterCodecs(data.ROSTER_TABLE_NAME),
    }),
    leads: dynamoLeadReader(dynamo, data.LEADS_TABLE_NAME, policy),
    hash: hmacKeyedHash(secretText(secrets, mail.HASH_KEY_SECRET_ARN)),
    policy,
    mailer: pacedMailer(
      sesMailer(
        {
          from: mail.MAIL_FROM,
          routing: mailRoutingOf(mail),
          configurationSets: {
            marketing: mail.MARKETING_CONFIGURATION_SET,
            service: mail.SERVICE_CONFIGURATION_SET,
          },
        },
        ses,
      ),
      { perSecond: sesRate(ses, mail.SENDING_SHARE) },
    ),
    tokens: pasetoTokens(async () => ({ current: await consentKey() }), clock),
    publicBaseUrl: mail.PUBLIC_BASE_URL,
    metrics: emfMetrics(data.SERVICE_NAME, data.ENVIRONMENT),
    clock,
  }),
});
