import middy from '@middy/core';
import partialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import type { EventDefinition } from '../events/define-event.ts';
import type { Job, Received } from '../job.ts';
import type { RejectedLog, Rejection } from '../ports.ts';
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
        const read = readRecord(record, options.accepts, options.clock);
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

type Refused = Readonly<Pick<Rejection, 'code' | 'reasons'>>;

const readRecord = <D extends EventDefinition>(
  { body, attributes }: SQSRecord,
  accepts: readonly D[],
  clock: InvocationClock,
): Readonly<{ message: Received<D> }> | Refused => {
  const envelope = v.safeParse(envelopeSchema, parseJson(body));
  if (!envelope.success) return { code: 'invalid-json', reasons: reasonsOf(envelope.issues) };
  const type = envelope.output['detail-type'];
  const definition = accepts.find((candidate) => candidate.type === type);
  if (definition === undefined) return { code: 'unknown-type', reasons: [] };
  const detail = v.safeParse(definition.schema, envelope.output.detail);
  if (!detail.success) return { code: 'invalid-event', reasons: reasonsOf(detail.issues) };
  const message = { type, detail: detail.output, receivedAt: clock.adjust(Number(attributes.SentTimestamp)) };
  // The definition was found by this very type, and its own schema made the detail.
  return { message: message as Received<D> };
};

const envelopeSchema = v.object({ 'detail-type': v.string(), detail: v.unknown() });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Path and kind only: valibot's messages carry the received value. */
const reasonsOf = (issues: readonly v.BaseIssue<unknown>[]): readonly string[] =>
  issues.slice(0, 10).map((issue) => `${v.getDotPath(issue) ?? '(root)'}: ${issue.type}`);

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
