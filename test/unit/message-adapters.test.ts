import type { EventBridgeClient, PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { eventBus } from '../../shared/adapters/event-bus.ts';
import { sqsQueue } from '../../shared/adapters/sqs-queue.ts';
import { breached, opened } from '../support/sales-facts.ts';

/** A client that answers by itself. */
const answering = <C, I>(answer: (input: I) => unknown): C =>
  ({ send: async ({ input }: { input: I }) => answer(input) }) as C;

describe('event bus', () => {
  it('puts ten facts at a time, typed and without their type inside, and resends only refused ones', async () => {
    const calls: PutEventsCommandInput[] = [];
    const client = answering<EventBridgeClient, PutEventsCommandInput>((input) => {
      calls.push(input);
      const refused = calls.length === 1 ? 2 : -1;
      return {
        Entries: input.Entries?.map((_, i) => (i === refused ? { ErrorCode: 'x' } : { EventId: `${i}` })),
      };
    });
    await eventBus(client, 'bus').publish(
      Array.from({ length: 11 }, (_, i) => breached({ factId: `f-${i}` })),
    );
    expect(calls.map(({ Entries }) => Entries?.length)).toEqual([10, 1, 1]);
    expect(calls[1]?.Entries).toEqual([calls[0]?.Entries?.[2]]);
    const { type, ...detail } = breached({ factId: 'f-2' });
    expect(calls[1]?.Entries?.[0]).toEqual({
      EventBusName: 'bus',
      Source: 'baton',
      DetailType: type,
      Detail: JSON.stringify(detail),
    });
  });

  it('stays below what the bus takes at once', async () => {
    const sizes: number[] = [];
    const client = answering<EventBridgeClient, PutEventsCommandInput>((input) => {
      sizes.push(JSON.stringify(input.Entries?.map(({ Detail }) => Detail)).length);
      return { Entries: input.Entries?.map((_, i) => ({ EventId: `${i}` })) };
    });
    const long = opened({ route: 'ü'.repeat(60_000) });
    await eventBus(client, 'bus').publish([long, long, long]);
    expect(sizes).toHaveLength(2);
  });
});

describe('queue', () => {
  it('sends ten messages at a time, as the bus would deliver them, and resends only refused ones', async () => {
    const calls: SendMessageBatchCommandInput[] = [];
    const client = answering<SQSClient, SendMessageBatchCommandInput>((input) => {
      calls.push(input);
      const taken = input.Entries?.filter((_, i) => calls.length !== 1 || i !== 4);
      return { Successful: taken?.map(({ Id }) => ({ Id })) };
    });
    const messages = Array.from({ length: 12 }, (_, i) => ({ type: 'Due', detail: { id: `h-${i}` } }));
    await sqsQueue(client, 'https://sqs/queue').send(messages);
    expect(calls.map(({ Entries }) => Entries?.length)).toEqual([10, 1, 2]);
    expect(JSON.parse(calls[1]?.Entries?.[0]?.MessageBody ?? '')).toEqual({
      'detail-type': 'Due',
      detail: { id: 'h-4' },
    });
  });
});
