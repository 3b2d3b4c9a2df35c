import { setTimeout } from 'node:timers/promises';
import { type FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import type { RawLog, RejectedLog } from '../ports.ts';

/** Firehose takes records of up to 1,000 KiB. */
const largestRecord = 900_000;

/** Leads of one batch get to their lines at about the same time. */
const gatherMs = 5;

/**
 * A Firehose stream as a log of lines, one JSON text each. Lines are packed into few records, because each is billed as
 * 5 KB at least: what is appended within a few milliseconds goes together, and succeeds or fails together.
 */
export const firehoseLog = (
  client: Pick<FirehoseClient, 'send'>,
  streamName: string,
): RawLog & RejectedLog => {
  let gathered: Readonly<{ lines: string[]; sent: Promise<void> }> | undefined;
  const send = async (lines: readonly string[]): Promise<void> => {
    await setTimeout(gatherMs);
    gathered = undefined;
    for (const record of packed(lines))
      await client.send(
        new PutRecordCommand({ DeliveryStreamName: streamName, Record: { Data: Buffer.from(record) } }),
      );
  };
  const append: RawLog['append'] = async (entries) => {
    if (entries.length === 0) return;
    if (gathered === undefined) {
      const lines: string[] = [];
      gathered = { lines, sent: send(lines) };
    }
    gathered.lines.push(...entries.map((entry) => `${JSON.stringify(entry)}\n`));
    await gathered.sent;
  };
  return { append, add: (rejection) => append([rejection]) };
};

const packed = (lines: readonly string[]): readonly string[] => {
  const records: string[] = [];
  let record = '';
  for (const line of lines) {
    if (record !== '' && Buffer.byteLength(record) + Buffer.byteLength(line) > largestRecord) {
      records.push(record);
      record = '';
    }
    record += line;
  }
  return record === '' ? records : [...records, record];
};
