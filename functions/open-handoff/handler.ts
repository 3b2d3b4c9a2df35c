import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoAccountReader, dynamoLeadReader } from '../../shared/adapters/dynamo-leads.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import { leadAskedToTalk, leadStageChanged } from '../../shared/events/facts.ts';
import {
  handoffsEnv,
  leadsEnv,
  policyEnv,
  readEnv,
  rosterEnv,
  serviceEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { oneByOne, worker } from '../../shared/runtime/worker.ts';
import { makeOpenHandoff } from './open-handoff.ts';

const env = readEnv(serviceEnv, handoffsEnv, rosterEnv, leadsEnv, policyEnv);
const dynamo = new DynamoDBClient({});
const clock = invocationClock();
const openHandoff = makeOpenHandoff({
  aggregates: dynamoAggregates<SalesStates>(dynamo, {
    ...handoffCodecs(env.HANDOFFS_TABLE_NAME),
    ...rosterCodecs(env.ROSTER_TABLE_NAME),
  }),
  leads: dynamoLeadReader(dynamo, env.LEADS_TABLE_NAME),
  accounts: dynamoAccountReader(dynamo, env.LEADS_TABLE_NAME),
  policy: dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME),
  clock,
});

/** LeadStageChanged, LeadAskedToTalk -> HandoffOpened, HandoffReplanned, HandoffWithdrawn, RepAlerted. */
export const handler = worker({
  name: env.SERVICE_NAME,
  accepts: [leadStageChanged, leadAskedToTalk],
  clock,
  groupOf: ({ detail }) => detail.leadId,
  work: oneByOne((message) =>
    message.type === 'LeadStageChanged'
      ? openHandoff.stageChanged(message.detail)
      : openHandoff.askedToTalk(message.detail),
  ),
});
