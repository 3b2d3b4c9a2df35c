import type { Checkpoint } from './checkpoint.ts';
import { bytesPerCall, type PlacedEvent, shipments } from './pack-messages.ts';
import type { ImportTarget } from './target.ts';

export type Sending = Readonly<{
  target: ImportTarget;
  checkpoint: Checkpoint;
  /** Keeps the queue short; told how many messages it got. */
  pace(messages: number): Promise<void>;
  onProgress(sent: number): void;
}>;

/** Events between two notes of how far it came: so many are sent again at most, and change nothing. */
const noteEvery = 1000;

/** What was sent before is passed over; what is sent is noted now and then, and at the end. */
const makeProgress = ({ checkpoint, onProgress }: Sending) => {
  let sent = 0;
  let noted = checkpoint.sent;
  return {
    isSent: (events: number): boolean => sent + events <= checkpoint.sent,
    async advance(events: number): Promise<void> {
      sent += events;
      onProgress(sent);
      if (sent - noted < noteEvery) return;
      await checkpoint.save(sent);
      noted = sent;
    },
    end: () => checkpoint.save(Math.max(sent, noted)),
  };
};

/** As history, straight into the queue: the bus would cost a dollar a million and tell everybody. */
export const sendHistory = async (rows: AsyncIterable<PlacedEvent>, sending: Sending): Promise<void> => {
  const progress = makeProgress(sending);
  for await (const { messages, events } of shipments(rows)) {
    if (!progress.isSent(events)) {
      await sending.target.history.send(messages);
      await sending.pace(messages.length);
    }
    await progress.advance(events);
  }
  await progress.end();
};

/** As if it happened now: on the bus, where everybody who listens hears it. */
export const sendLive = async (rows: AsyncIterable<PlacedEvent>, sending: Sending): Promise<void> => {
  const progress = makeProgress(sending);
  for await (const events of callsOf(rows)) {
    if (!progress.isSent(events.length)) {
      await sending.target.bus(events.map(({ event: { type, detail } }) => ({ type, detail })));
      await sending.pace(events.length);
    }
    await progress.advance(events.length);
  }
  await progress.end();
};

const eventsPerCall = 10;

/** What PutEvents takes at once. */
async function* callsOf(rows: AsyncIterable<PlacedEvent>): AsyncGenerator<readonly PlacedEvent[]> {
  let call: PlacedEvent[] = [];
  let bytes = 0;
  for await (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row.event));
    if (call.length === eventsPerCall || bytes + size > bytesPerCall) {
      if (call.length > 0) yield call;
      call = [];
      bytes = 0;
    }
    call.push(row);
    bytes += size;
  }
  if (call.length > 0) yield call;
}
