import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { nurtureCodecs } from '../../shared/adapters/nurture-codecs.ts';
import { pasetoTokens } from '../../shared/adapters/paseto-tokens.ts';
import { secretText } from '../../shared/adapters/secrets-manager.ts';
import { consentKeyEnv, nurtureEnv, readEnv, serviceEnv } from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { page } from '../../shared/runtime/page.ts';
import { makeFollowConsentLink } from './follow-consent-link.ts';
import { consentPage, makeServeConsentPage } from './serve-consent-page.ts';

const env = readEnv(serviceEnv, nurtureEnv, consentKeyEnv);
const clock = invocationClock();
const consentKey = secretText(new SecretsManagerClient({}), env.CONSENT_KEY_SECRET_ARN);

const links = makeFollowConsentLink({
  nurture: dynamoAggregates(new DynamoDBClient({}), nurtureCodecs(env.NURTURE_TABLE_NAME)),
  tokens: pasetoTokens(async () => ({ current: await consentKey() }), clock),
  clock,
});

/** Links in mails to leads -> ConsentChanged. */
export const handler = page({
  name: env.SERVICE_NAME,
  clock,
  handle: makeServeConsentPage(links),
  failure: (request) => consentPage('failed', request, 500),
});
