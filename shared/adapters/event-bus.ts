import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { StampedFact } from '../events/facts.ts';
import type { Bus } from '../ports.ts';
import { sendUntilTaken } from './send-until-taken.ts';

/** What PutEvents takes at once. */
const maxEntries = 10;
const maxBytes = 256 * 1024;

/** Facts on an EventBridge bus: source `baton`, detail-type = type of the fact, detail = the rest of it. */
export const eventBus = (client: EventBridgeClient, busName: string): Bus => ({
  async publish(facts) {
    for (const chunk of chunksOf(facts.map((fact) => entryOf(fact, busName)))) {
      await sendUntilTaken(chunk, async (entries) => {
        const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
        // Answered in the order of the request; one without an answer counts as not taken.
        return entries.filter((_, i) => Entries[i]?.EventId === undefined);
      });
    }
  },
});

const entryOf = ({ type, ...detail }: StampedFact, busName: string): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: 'baton',
  DetailType: type,
  Detail: JSON.stringify(detail),
});

const bytesOf = ({ Source, DetailType, Detail }: PutEventsRequestEntry): number =>
  [Source, DetailType, Detail].reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);

const chunksOf = (entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] => {
  const chunks: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = bytesOf(entry);
    const chunk = chunks.at(-1);
    if (chunk === undefined || chunk.length === maxEntries || bytes + size > maxBytes) {
      chunks.push([entry]);
      bytes = size;
    } else {
      chunk.push(entry);
      bytes += size;
    }
  }
  return chunks;
};
