import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { journeysCodecs } from '../../shared/adapters/journeys-codecs.ts';
import { journeysEnv, readEnv, serviceEnv } from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { recordJourneyJob } from './job.ts';

const env = readEnv(serviceEnv, journeysEnv);

export const handler = worker({
  name: env.SERVICE_NAME,
  clock: invocationClock(),
  ...recordJourneyJob({
    journeys: dynamoAggregates(new DynamoDBClient({}), journeysCodecs(env.JOURNEYS_TABLE_NAME)),
  }),
});
