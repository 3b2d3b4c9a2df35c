import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../infra/local/emulator.ts';
import { eventBus } from '../../shared/adapters/event-bus.ts';
import { snsAlertTopic } from '../../shared/adapters/sns-alert-topic.ts';
import { sqsQueue } from '../../shared/adapters/sqs-queue.ts';
import { breached } from '../support/sales-facts.ts';

const directory = fileURLToPath(new URL('../../.baton', import.meta.url));
let emulator: Emulator;
let sqs: SQSClient;

beforeAll(async () => {
  emulator = await startEmulator({
    directory,
    mailFrontUrl: 'http://127.0.0.1:1',
    clockUrl: 'http://127.0.0.1:1/clock',
  });
  sqs = new SQSClient(emulator.clientConfig);
}, 120_000);
afterAll(() => emulator.stop());

const aQueue = async (name: string): Promise<Readonly<{ url: string; arn: string }>> => {
  const arn = `arn:aws:sqs:${emulator.region}:${emulator.accountId}:${name}`;
  const Principal = { Service: ['events.amazonaws.com', 'sns.amazonaws.com'] };
  const Statement = [{ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: arn }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }),
  );
  return { url: QueueUrl, arn };
};

/** Bodies of as many messages as are expected, within five seconds. */
const received = async (url: string, expected: number): Promise<unknown[]> => {
  const bodies: unknown[] = [];
  for (let i = 0; i < 50 && bodies.length < expected; i++) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }),
    );
    bodies.push(...Messages.map(({ Body }) => JSON.parse(Body ?? '')));
    if (Messages.length === 0) await setTimeout(100);
  }
  return bodies;
};

describe('against the emulator', { timeout: 60_000 }, () => {
  it('messages reach their queue in the form in which the bus delivers them', async () => {
    const { url } = await aQueue('due');
    const messages = Array.from({ length: 12 }, (_, i) => ({ type: 'Due', detail: { id: `h-${i}` } }));
    await sqsQueue(sqs, url).send(messages);
    const bodies = await received(url, 12);
    expect(bodies).toHaveLength(12);
    for (const { detail } of messages) expect(bodies).toContainEqual({ 'detail-type': 'Due', detail });
  });

  it('facts reach a queue through a rule on their type', async () => {
    const { url, arn } = await aQueue('facts');
    const events = new EventBridgeClient(emulator.clientConfig);
    await events.send(new CreateEventBusCommand({ Name: 'baton' }));
    const rule = { Name: 'breaches', EventBusName: 'baton' };
    const EventPattern = JSON.stringify({ source: ['baton'], 'detail-type': ['HandoffBreached'] });
    await events.send(new PutRuleCommand({ ...rule, EventPattern }));
    await events.send(
      new PutTargetsCommand({ Rule: rule.Name, EventBusName: 'baton', Targets: [{ Id: '1', Arn: arn }] }),
    );
    const facts = Array.from({ length: 11 }, (_, i) => breached({ factId: `f-${i}` }));
    await eventBus(events, 'baton').publish(facts);
    const bodies = await received(url, 11);
    expect(bodies).toHaveLength(11);
    for (const { type, ...detail } of facts)
      expect(bodies).toContainEqual(expect.objectContaining({ 'detail-type': type, detail }));
  });

  it('alerts reach the subscribers of the topic', async () => {
    const { url, arn } = await aQueue('alerts');
    const sns = new SNSClient(emulator.clientConfig);
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn }));
    await snsAlertTopic(sns, TopicArn).publish('Handoff late', '{"version":"1.0"}');
    expect(await received(url, 1)).toMatchObject([{ Subject: 'Handoff late', Message: '{"version":"1.0"}' }]);
  });
});
