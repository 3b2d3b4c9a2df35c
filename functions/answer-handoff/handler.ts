import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { firehoseLog } from '../../shared/adapters/firehose-log.ts';
import { handoffCodecs } from '../../shared/adapters/handoff-codecs.ts';
import { rosterCodecs } from '../../shared/adapters/roster-codecs.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import {
  handoffsEnv,
  policyEnv,
  readEnv,
  rejectedLogEnv,
  rosterEnv,
  serviceEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { makeAnswerHandoff } from './answer-handoff.ts';
import { answerHandoffJob } from './job.ts';

const env = readEnv(serviceEnv, handoffsEnv, rosterEnv, policyEnv, rejectedLogEnv);
const dynamo = new DynamoDBClient({});
const clock = invocationClock();
const rejected = firehoseLog(new FirehoseClient({}), env.REJECTED_STREAM_NAME);
const answer = makeAnswerHandoff({
  aggregates: dynamoAggregates<SalesStates>(dynamo, {
    ...handoffCodecs(env.HANDOFFS_TABLE_NAME),
    ...rosterCodecs(env.ROSTER_TABLE_NAME),
  }),
  policy: dynamoPolicySource(dynamo, env.POLICY_TABLE_NAME),
  clock,
});

export const handler = worker({
  name: env.SERVICE_NAME,
  clock,
  rejected,
  ...answerHandoffJob({ answer, rejected, clock, name: env.SERVICE_NAME }),
});
