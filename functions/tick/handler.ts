import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoDueIndex } from '../../shared/adapters/dynamo-due-index.ts';
import { dynamoOpenIndex } from '../../shared/adapters/dynamo-open-index.ts';
import { emfMetrics } from '../../shared/adapters/metrics.ts';
import { sqsQueue } from '../../shared/adapters/sqs-queue.ts';
import {
  dueQueuesEnv,
  handoffsEnv,
  leadsEnv,
  noticesEnv,
  nurtureEnv,
  readEnv,
  serviceEnv,
} from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { scheduled } from '../../shared/runtime/scheduled.ts';
import { makeTick } from './tick.ts';

const env = readEnv(serviceEnv, leadsEnv, handoffsEnv, nurtureEnv, noticesEnv, dueQueuesEnv);
const dynamo = new DynamoDBClient({});
const sqs = new SQSClient({});
const clock = invocationClock();

const tick = makeTick({
  sources: [
    {
      index: dynamoDueIndex(dynamo, { table: env.LEADS_TABLE_NAME, sortKey: '0' }),
      queue: sqsQueue(sqs, env.LEADS_QUEUE_URL),
      leased: false,
    },
    {
      index: dynamoDueIndex(dynamo, { table: env.HANDOFFS_TABLE_NAME }),
      queue: sqsQueue(sqs, env.HANDOFFS_QUEUE_URL),
      leased: false,
      open: dynamoOpenIndex(dynamo, env.HANDOFFS_TABLE_NAME),
    },
    {
      index: dynamoDueIndex(dynamo, { table: env.NURTURE_TABLE_NAME }),
      queue: sqsQueue(sqs, env.NURTURE_QUEUE_URL),
      leased: true,
    },
    {
      index: dynamoDueIndex(dynamo, { table: env.NOTICES_TABLE_NAME }),
      queue: sqsQueue(sqs, env.NOTICES_QUEUE_URL),
      leased: false,
    },
  ],
  metrics: emfMetrics(env.SERVICE_NAME, env.ENVIRONMENT),
  clock,
});

/** Every minute: due items of all tables -> their workers' queues. */
export const handler = scheduled({ name: env.SERVICE_NAME, clock, handle: tick });
