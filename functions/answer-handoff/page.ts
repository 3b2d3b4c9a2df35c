import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoLeadReader } from '../../shared/adapters/dynamo-leads.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { pasetoTokens } from '../../shared/adapters/paseto-tokens.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import { rotatedSecret } from '../../shared/adapters/secrets-manager.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import {
  handoffsEnv,
  leadsEnv,
  linkKeyEnv,
  policyEnv,
  readEnv,
  rosterEnv,
  serviceEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { page } from '../../shared/runtime/page.ts';
import { makeAnswerHandoff } from './answer-handoff.ts';
import { makeManageHandoff } from './manage-handoff.ts';
import { plainPage } from './plain-page.ts';
import { makeServeHandoffPages } from './serve-handoff-pages.ts';

const env = readEnv(serviceEnv, handoffsEnv, rosterEnv, leadsEnv, policyEnv, linkKeyEnv);
const dynamo = new DynamoDBClient({});
const clock = invocationClock();
const linkKeys = rotatedSecret(new SecretsManagerClient({}), env.LINK_KEY_SECRET_ARN);
const aggregates = dynamoAggregates<SalesStates>(dynamo, {
  ...handoffCodecs(env.HANDOFFS_TABLE_NAME),
  ...rosterCodecs(env.ROSTER_TABLE_NAME),
});
const policy = dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME);

/** Links in mails to reps and managers -> HandoffAccepted, HandoffContacted, HandoffQualified, HandoffRejected, HandoffReassigned, HandoffGivenUntil, HandoffPulledBack. */
export const handler = page({
  name: env.SERVICE_NAME,
  clock,
  handle: makeServeHandoffPages({
    answer: makeAnswerHandoff({ aggregates, policy, clock }),
    manage: makeManageHandoff({ aggregates, policy, clock }),
    aggregates,
    leads: dynamoLeadReader(dynamo, env.LEADS_TABLE_NAME, policy),
    policy,
    tokens: pasetoTokens(linkKeys, clock),
    clock,
  }),
  failure: (request) => plainPage('failed', request, 500),
});
