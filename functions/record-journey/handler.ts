import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../shared/adapters/dynamo-aggregates.ts';
import { journeysCodecs } from '../../shared/adapters/journeys-codecs.ts';
import { factDefinitions } from '../../shared/events/facts.ts';
import { factOf } from '../../shared/events/read-fact.ts';
import { journeysEnv, readEnv, serviceEnv } from '../../shared/runtime/environment.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { oneByOne, worker } from '../../shared/runtime/worker.ts';
import { makeRecordJourney } from './record-journey.ts';

const env = readEnv(serviceEnv, journeysEnv);
const recordJourney = makeRecordJourney({
  journeys: dynamoAggregates(new DynamoDBClient({}), journeysCodecs(env.JOURNEYS_TABLE_NAME)),
});

/** All facts -> the journeys of their leads and handoffs. */
export const handler = worker({
  name: env.SERVICE_NAME,
  accepts: factDefinitions,
  clock: invocationClock(),
  groupOf: ({ detail }) => detail.leadId,
  work: oneByOne((message) => recordJourney(factOf(message))),
});
