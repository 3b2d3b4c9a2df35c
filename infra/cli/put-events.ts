import { setTimeout } from 'node:timers/promises';
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { InboundEvent } from './inbound-event.ts';

/** The bus did not take everything, however often it was asked. */
export class EventsRefusedError extends Error {
  override readonly name = 'EventsRefusedError';
}

const perCall = 10;
const maxAttempts = 5;

/**
 * Puts events on the bus as a producer would, in their order.
 * @throws EventsRefusedError if some were not taken after five tries; the others are on their way.
 */
export const putEvents = async (
  client: EventBridgeClient,
  bus: string,
  events: readonly InboundEvent[],
  onProgress: (sent: number) => void = () => {},
): Promise<void> => {
  for (let i = 0; i < events.length; i += perCall) {
    await putBatch(client, bus, events.slice(i, i + perCall));
    onProgress(Math.min(events.length, i + perCall));
  }
};

const putBatch = async (client: EventBridgeClient, bus: string, batch: readonly InboundEvent[]) => {
  let left = batch;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const { Entries = [] } = await client.send(
      new PutEventsCommand({
        Entries: left.map(({ type, detail }) => ({
          EventBusName: bus,
          Source: 'baton-cli',
          DetailType: type,
          Detail: JSON.stringify(detail),
        })),
      }),
    );
    // The call may succeed and yet refuse single entries.
    left = left.filter((_, i) => Entries[i]?.ErrorCode !== undefined);
    if (left.length === 0) return;
    await setTimeout(100 * 2 ** attempt);
  }
  throw new EventsRefusedError(`the bus refused ${left.length} events`);
};
