import { historyImported, type PastEvent } from '../../../shared/events/commands.ts';
import type { Message } from '../../../shared/ports.ts';
import type { Sortable } from './sort-rows.ts';

/** An event with its place in the order of the import. */
export type PlacedEvent = Sortable & Readonly<{ event: PastEvent }>;

/** What one call of SQS takes. */
export type Shipment = Readonly<{ messages: readonly Message[]; events: number }>;

const eventsPerMessage = 100;
const messagesPerCall = 10;
const bytesPerMessage = 100_000;
/** SQS refuses a call above 256 KiB; some is for what is around the events. */
export const bytesPerCall = 240_000;

/**
 * Sorted events -> calls. What is of one lead goes together, up to a hundred: a message costs the lead one write, however
 * much is in it.
 */
export async function* shipments(rows: AsyncIterable<PlacedEvent>): AsyncGenerator<Shipment> {
  let call: Packed[] = [];
  let bytes = 0;
  for await (const packed of packages(rows)) {
    if (call.length === messagesPerCall || bytes + packed.bytes > bytesPerCall) {
      if (call.length > 0) yield shipmentOf(call);
      call = [];
      bytes = 0;
    }
    call.push(packed);
    bytes += packed.bytes;
  }
  if (call.length > 0) yield shipmentOf(call);
}

type Packed = Readonly<{ events: readonly PastEvent[]; bytes: number }>;

async function* packages(rows: AsyncIterable<PlacedEvent>): AsyncGenerator<Packed> {
  let subject: string | undefined;
  let events: PastEvent[] = [];
  let bytes = 0;
  for await (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row.event)) + 1;
    const isFull = events.length === eventsPerMessage || bytes + size > bytesPerMessage;
    if (events.length > 0 && (row.subject !== subject || isFull)) {
      yield { events, bytes };
      events = [];
      bytes = 0;
    }
    subject = row.subject;
    events.push(row.event);
    bytes += size;
  }
  if (events.length > 0) yield { events, bytes };
}

const shipmentOf = (call: readonly Packed[]): Shipment => ({
  messages: call.map(({ events }) => ({ type: historyImported.type, detail: { events } })),
  events: call.reduce((sum, { events }) => sum + events.length, 0),
});
