import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventBus } from '../../shared/adapters/event-bus.ts';
import { busEnv, readEnv, serviceEnv } from '../../shared/runtime/environment.ts';
import { streamWorker } from '../../shared/runtime/stream-worker.ts';
import { makeRelayFacts } from './relay-facts.ts';

const env = readEnv(serviceEnv, busEnv);
const relayFacts = makeRelayFacts({ bus: eventBus(new EventBridgeClient({}), env.BUS_NAME) });

/** Streams of leads, handoffs and nurture -> their facts on the bus. */
export const handler = streamWorker({
  name: env.SERVICE_NAME,
  handle: (records) => relayFacts(records.flatMap(({ dynamodb }) => dynamodb?.NewImage?.facts?.S ?? [])),
});
