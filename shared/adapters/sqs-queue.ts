import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../ports.ts';
import { sendUntilTaken } from './send-until-taken.ts';

/** What SendMessageBatch takes at once. */
const maxEntries = 10;

/** Messages of a worker's queue, in the form in which the bus would deliver them. */
export const sqsQueue = (client: SQSClient, queueUrl: string): Queue => ({
  async send(messages) {
    for (let i = 0; i < messages.length; i += maxEntries) {
      const entries = messages.slice(i, i + maxEntries).map(({ type, detail }, position) => ({
        Id: String(position),
        MessageBody: JSON.stringify({ 'detail-type': type, detail }),
      }));
      await sendUntilTaken(entries, async (left) => {
        const { Successful = [] } = await client.send(
          new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...left] }),
        );
        const taken = new Set(Successful.map(({ Id }) => Id));
        return left.filter(({ Id }) => !taken.has(Id));
      });
    }
  },
});
