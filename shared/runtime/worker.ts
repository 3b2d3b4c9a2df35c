import middy from '@middy/core';
import partialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { EventDefinition } from '../events/define-event.ts';
import type { Job, Received } from '../job.ts';
import type { RejectedLog } from '../ports.ts';
import { type Refused, readMessage } from '../read-message.ts';
import type { InvocationClock } from './invocation-clock.ts';
import { createLog, errorFields, type Log } from './log.ts';

const groupsAtOnce = 10;

export type WorkerOptions<D extends EventDefinition> = Job<D> &
  Readonly<{
    name: string;
    clock: InvocationClock;
    /**
     * Takes input of producers that will never be right. Without it (a worker that only listens to Baton itself) such a
     * message fails, and ends in the dead-letter queue.
     */
    rejected?: RejectedLog;
  }>;

/** Bus or tick -> queue -> here. Each record fails alone. */
export const worker = <const D extends EventDefinition>(options: WorkerOptions<D>) => {
  const log = createLog(options.name);
  return middy<SQSEvent, SQSBatchResponse | PromiseSettledResult<unknown>[]>()
    .use({ before: () => options.clock.refresh() })
    .use(partialBatchFailure({ logger: () => undefined }))
    .handler(async ({ Records }: SQSEvent) => {
      const outcomes = new Map<SQSRecord, PromiseSettledResult<unknown>>();
      const groups = new Map<string, { record: SQSRecord; message: Received<D> }[]>();
      for (const record of Records) {
        const receivedAt = options.clock.adjust(Number(record.attributes.SentTimestamp));
        const read = readMessage(record.body, options.accepts, receivedAt);
        if ('message' in read) {
          const group = options.groupOf(read.message);
          groups.set(group, [...(groups.get(group) ?? []), { record, message: read.message }]);
        } else {
          outcomes.set(record, await settle(() => refuse(read, record, options)));
        }
      }
      await inBatchesOf(groupsAtOnce, [...groups.values()], async (group) => {
        const settled = await options.work(group.map(({ message }) => message));
        for (const [i, { record }] of group.entries()) outcomes.set(record, settled[i] ?? missing);
      });
      return Records.map((record) => logged(log, record, outcomes.get(record) ?? missing));
    });
};

const missing: PromiseSettledResult<unknown> = { status: 'rejected', reason: new Error('not handled') };

const refuse = async <D extends EventDefinition>(
  { code, reasons }: Refused,
  { body }: SQSRecord,
  { name, clock, rejected }: WorkerOptions<D>,
): Promise<void> => {
  if (rejected === undefined) throw new MalformedMessageError(`${code}: ${reasons.join('; ')}`);
  await rejected.add({ at: clock.now(), by: name, code, reasons, payload: body });
};

/** A message of Baton's own that its worker cannot read: only a faulty release makes one. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
}

const settle = async (run: () => Promise<unknown>): Promise<PromiseSettledResult<unknown>> => {
  const [outcome] = await Promise.allSettled([run()]);
  return outcome;
};

const inBatchesOf = async <T>(size: number, items: readonly T[], run: (item: T) => Promise<unknown>) => {
  for (let i = 0; i < items.length; i += size) await Promise.all(items.slice(i, i + size).map(run));
};

const logged = (log: Log, { messageId }: SQSRecord, outcome: PromiseSettledResult<unknown>) => {
  if (outcome.status === 'rejected')
    log.error('message failed', { messageId, ...errorFields(outcome.reason) });
  return outcome;
};
