import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoDueIndex } from '../../shared/adapters/dynamo-due-index.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import { dynamoLeadReader } from '../../shared/adapters/dynamo-leads.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { eventBus } from '../../shared/adapters/event-bus.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { emfMetrics } from '../../shared/adapters/metrics.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import {
  busEnv,
  handoffsEnv,
  leadsEnv,
  policyEnv,
  readEnv,
  rosterEnv,
  serviceEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { scheduled } from '../../shared/runtime/scheduled.ts';
import { makeReconcile } from './reconcile.ts';

const env = readEnv(serviceEnv, leadsEnv, handoffsEnv, rosterEnv, policyEnv, busEnv);
const dynamo = new DynamoDBClient({});
const policy = dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME);
const clock = invocationClock();

const sales = dynamoAggregates<SalesStates>(dynamo, {
  ...handoffCodecs(env.HANDOFFS_TABLE_NAME),
  ...rosterCodecs(env.ROSTER_TABLE_NAME),
});

const reconcile = makeReconcile({
  leadStore: dynamoLeadStore(dynamo, env.LEADS_TABLE_NAME),
  leads: dynamoLeadReader(dynamo, env.LEADS_TABLE_NAME, policy),
  handoffs: sales,
  roster: sales,
  dueLeads: dynamoDueIndex(dynamo, { table: env.LEADS_TABLE_NAME, sortKey: '0' }),
  dueHandoffs: dynamoDueIndex(dynamo, { table: env.HANDOFFS_TABLE_NAME }),
  bus: eventBus(new EventBridgeClient({}), env.BUS_NAME),
  policy,
  metrics: emfMetrics(env.SERVICE_NAME, env.ENVIRONMENT),
  clock,
});

/** Every five minutes: what got lost between two writes -> the same facts again; handoffs of those who left -> HandoffReassigned. */
export const handler = scheduled({ name: env.SERVICE_NAME, clock, handle: reconcile });
