import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { createLog, errorFields } from './log.ts';

/**
 * A table's stream -> here, in order. From the first record that fails the stream is read again, so nothing is skipped.
 */
export const streamWorker = ({
  name,
  handle,
}: Readonly<{ name: string; handle: (records: readonly DynamoDBRecord[]) => Promise<unknown> }>) => {
  const log = createLog(name);
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(
    async ({ Records }: DynamoDBStreamEvent) => {
      try {
        await handle(Records);
        return { batchItemFailures: [] };
      } catch (error) {
        log.error('stream batch failed', { count: Records.length, ...errorFields(error) });
        // Facts are idempotent by id: the whole batch may be told again.
        return { batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber ?? '' }] };
      }
    },
  );
};
