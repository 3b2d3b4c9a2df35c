import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defineEvent } from '../../shared/events/define-event.ts';
import { allAtOnce, oneByOne, type Work } from '../../shared/job.ts';
import type { Rejection } from '../../shared/ports.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { worker } from '../../shared/runtime/worker.ts';
import { aLambdaContext } from '../support/lambda-context.ts';
import { logLines } from '../support/log-lines.ts';
import { anSqsEvent, anSqsRecord } from '../support/sqs.ts';

const baked = defineEvent('Baked', () => v.strictObject({ oven: v.string(), loaf: v.number() }));
type Baked = Readonly<{ type: 'Baked'; detail: { oven: string; loaf: number }; receivedAt: string }>;

const aWorker = (work: Work<Baked>, rejected?: Rejection[]) =>
  worker({
    name: 'bake',
    accepts: [baked],
    clock: invocationClock(undefined),
    groupOf: ({ detail }) => detail.oven,
    work,
    ...(rejected === undefined
      ? {}
      : {
          rejected: {
            add: async (entry: Rejection) => {
              rejected.push(entry);
            },
          },
        }),
  });

const run = (handler: ReturnType<typeof aWorker>, ...records: ReturnType<typeof anSqsRecord>[]) =>
  handler(anSqsEvent(...records), aLambdaContext());

const aLoaf = (oven: string, loaf: number) => anSqsRecord({ type: 'Baked', detail: { oven, loaf } });

const lines = logLines();

describe('a worker', () => {
  it('hands over the messages of a group in order of arrival, with the time the queue took them', async () => {
    const seen: [number, string][] = [];
    await run(
      aWorker(oneByOne(async ({ detail, receivedAt }) => void seen.push([detail.loaf, receivedAt]))),
      aLoaf('a', 1),
      aLoaf('a', 2),
    );
    expect(seen).toEqual([
      [1, '2026-11-02T09:00:00.000Z'],
      [2, '2026-11-02T09:00:00.000Z'],
    ]);
  });

  it('fails only the record that failed', async () => {
    const good = aLoaf('a', 1);
    const bad = aLoaf('a', 2);
    const next = aLoaf('a', 3);
    const handled: number[] = [];
    const handler = aWorker(
      oneByOne(async ({ detail }) => {
        if (detail.loaf === 2) throw new Error('burnt');
        handled.push(detail.loaf);
      }),
    );
    expect(await run(handler, good, bad, next)).toEqual({
      batchItemFailures: [{ itemIdentifier: bad.messageId }],
    });
    expect(handled).toEqual([1, 3]);
  });

  it('fails a group that is handled in one go as a whole, and no other', async () => {
    const [a1, a2, b] = [aLoaf('a', 1), aLoaf('a', 2), aLoaf('b', 3)];
    const handler = aWorker(
      allAtOnce(async ([first]) => {
        if (first?.detail.oven === 'a') throw new Error('burnt');
      }),
    );
    expect(await run(handler, a1, b, a2)).toEqual({
      batchItemFailures: [{ itemIdentifier: a1.messageId }, { itemIdentifier: a2.messageId }],
    });
  });

  it.each([
    ['no JSON', '{', 'invalid-json'],
    ['JSON that is no event', '{"Records":[]}', 'invalid-json'],
    ['an unknown type', { type: 'Burnt', detail: {} }, 'unknown-type'],
    [
      'a detail that does not fit',
      { type: 'Baked', detail: { oven: 'private@example.com', loaf: 'x' } },
      'invalid-event',
    ],
  ])('puts %s aside with its reason, and the rest goes on', async (_, content, code) => {
    const rejections: Rejection[] = [];
    const handled: number[] = [];
    const handler = aWorker(
      oneByOne(async ({ detail }) => void handled.push(detail.loaf)),
      rejections,
    );
    const record = anSqsRecord(content);
    expect(await run(handler, record, aLoaf('a', 1))).toEqual({ batchItemFailures: [] });
    expect(handled).toEqual([1]);
    expect(rejections).toMatchObject([{ by: 'bake', code, payload: record.body }]);
    expect(JSON.stringify(rejections[0]?.reasons)).not.toContain('private');
  });

  it('fails what it cannot read where nobody takes rejections', async () => {
    const record = anSqsRecord({ type: 'Burnt', detail: {} });
    expect(await run(aWorker(oneByOne(async () => undefined)), record)).toEqual({
      batchItemFailures: [{ itemIdentifier: record.messageId }],
    });
  });

  it('logs no personal data: neither the message nor the text of an error', async () => {
    const handler = aWorker(
      oneByOne(async () => {
        throw new Error('no mail for jane@example.com');
      }),
    );
    await run(handler, aLoaf('jane@example.com', 1));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('message failed');
    expect(lines[0]).not.toContain('jane');
  });
});
