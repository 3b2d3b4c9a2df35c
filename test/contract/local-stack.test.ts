import { fileURLToPath } from 'node:url';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployLocally } from '../../infra/local/deploy.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/local-stack.ts';

const directory = fileURLToPath(new URL('../../.baton', import.meta.url));
const app = ['node', fileURLToPath(new URL('local-stack-app/app.ts', import.meta.url))] as const;
const startAt = Date.parse('2027-03-01T08:00:00.000Z');

let stack: LocalStack;
let bus: EventBridgeClient;
let queues: SQSClient;

beforeAll(async () => {
  stack = await startLocalStack({
    directory,
    app,
    stackName: 'LocalTest',
    startAt,
    context: ({ api }) => ({ publicUrl: api }),
    apiId: ({ ApiId }) => ApiId,
  });
  bus = new EventBridgeClient(stack.clientConfig);
  queues = new SQSClient(stack.clientConfig);
}, 120_000);

afterAll(() => stack?.stop());

type Work = { id: string; dueAt?: string; failFirst?: boolean; forbidden?: boolean };

const put = async (...details: Work[]) => {
  const { FailedEntryCount } = await bus.send(
    new PutEventsCommand({
      Entries: details.map((detail) => ({
        EventBusName: stack.outputs.BusName,
        Source: 'test',
        DetailType: 'Work',
        Detail: JSON.stringify(detail),
      })),
    }),
  );
  expect(FailedEntryCount).toBe(0);
};

const subjects = () => stack.mailFront.mails().map(({ subject }) => subject);

const deadLetters = async () => {
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({
      QueueUrl: stack.outputs.DeadLettersUrl,
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
};

const travel = () => stack.travel({ tables: [stack.outputs.TableName!], tick: stack.outputs.TickName! });

describe('the local stack', { timeout: 60_000 }, () => {
  it('carries events over bus, queue, table and stream to a mail, and knows when all is done', async () => {
    await put({ id: 'a' }, { id: 'b' }, { id: 'c' });
    await stack.waitUntilQuiet();
    expect(subjects().sort()).toEqual(['a', 'b', 'c']);
    const [mail] = stack.mailFront.mails();
    expect(mail?.stream).toBe('service');
    expect(mail?.at).toMatch(/^2027-03-01T08:/);
    expect(mail?.text, 'the time that the Lambda saw').toMatch(/^2027-03-01T08:/);
  });

  it('brings back soon what a batch failed at', async () => {
    await put({ id: 'again', failFirst: true });
    await stack.waitUntilQuiet({ timeoutMs: 10_000 });
    expect(subjects()).toContain('again');
  });

  it('serves the API under an address without certificate warnings, with what its role may do', async () => {
    const answer = await fetch(`${stack.apiUrl}/handoffs/answer?t=a%2Fb&t=c`, {
      method: 'POST',
      headers: { authorization: 'Basic d3JpdGU6', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'reason=no+time',
    });
    expect(await answer.json()).toEqual({
      method: 'POST',
      path: '/handoffs/answer',
      query: 't=a%2Fb&t=c',
      authorization: 'Basic d3JpdGU6',
      body: 'reason=no+time',
      publicUrl: stack.apiUrl,
      secretLength: 48,
      sent: 1,
    });
  });

  it('answers browsers that ask whether they may call the API', async () => {
    const answer = await fetch(`${stack.apiUrl}/v1/track`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.test', 'access-control-request-method': 'POST' },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });

  it('travels from due time to due time, in their order, and serves each', async () => {
    const later = (minutes: number) => new Date(startAt + minutes * 60_000).toISOString();
    await put({ id: 'second', dueAt: later(3 * 24 * 60) }, { id: 'first', dueAt: later(30.5) });
    await stack.waitUntilQuiet();
    expect(await travel().nextDue()).toBe(later(30.5));
    const jumps: string[] = [];
    await travel().playUntil(later(10 * 24 * 60), (now) => jumps.push(now));
    expect(jumps).toEqual([later(31), later(3 * 24 * 60)]);
    expect(subjects().slice(-2)).toEqual(['served first', 'served second']);
    expect(stack.clock.now()).toBeGreaterThanOrEqual(Date.parse(later(10 * 24 * 60)));
  });

  it('does not tick for ever for what no tick serves', async () => {
    await put({ id: 'stuck', dueAt: new Date(stack.clock.now()).toISOString() });
    await expect(
      travel().playUntil(new Date(stack.clock.now() + 3_600_000).toISOString()),
    ).rejects.toMatchObject({
      name: 'LocalStackError',
      message: expect.stringContaining('ticks did not serve it'),
    });
  });

  it('refuses what the template did not grant: a table', async () => {
    await put({ id: 'forbidden', forbidden: true });
    await stack.waitUntilQuiet({ timeoutMs: 20_000 });
    expect(await deadLetters()).toBe(1);
    expect(subjects()).not.toContain('forbidden');
  });

  it('refuses what the template did not grant: a sender; and names the stream that does not move', async () => {
    await put({ id: 'stranger' });
    await expect(stack.waitUntilQuiet({ timeoutMs: 5_000 })).rejects.toMatchObject({
      message: expect.stringMatching(/stream of \S*Table\S* \(1 not taken/),
    });
    expect(subjects()).not.toContain('stranger');
  });

  it('says why CloudFormation refuses a stack', async () => {
    await expect(
      deployLocally({
        emulator: stack.emulator,
        app,
        stackName: 'LocalTest',
        context: { refused: 'true' },
        directory: `${stack.emulator.runDirectory}/refused`,
      }),
    ).rejects.toMatchObject({
      name: 'LocalStackError',
      message: expect.stringMatching(/^The stack LocalTest was not deployed: .*Refused.*metric math/),
    });
  });

  it('says why an app fails', async () => {
    await expect(
      deployLocally({
        emulator: stack.emulator,
        app: ['node', '--eval', 'throw new TypeError("no such thing")'],
        stackName: 'LocalTest',
        directory: `${stack.emulator.runDirectory}/failing`,
      }),
    ).rejects.toMatchObject({ message: expect.stringContaining('TypeError: no such thing') });
  });
});
