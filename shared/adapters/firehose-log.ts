import { type FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import type { RawLog, RejectedLog } from '../ports.ts';

/** Firehose takes records of up to 1,000 KiB. */
const largestRecord = 900_000;

/**
 * A Firehose stream as a log of lines, one JSON text each. Lines are packed into few records, because each is billed as
 * 5 KB at least.
 */
export const firehoseLog = (
  client: Pick<FirehoseClient, 'send'>,
  streamName: string,
): RawLog & RejectedLog => {
  const append: RawLog['append'] = async (entries) => {
    for (const lines of packed(entries.map((entry) => `${JSON.stringify(entry)}\n`)))
      await client.send(
        new PutRecordCommand({ DeliveryStreamName: streamName, Record: { Data: Buffer.from(lines) } }),
      );
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
