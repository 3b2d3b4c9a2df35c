import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { readHandoffs } from '../../infra/cli/demo/read-snapshot.ts';
import type { LocalEnvironment } from '../../infra/cli/local-environment.ts';
import { activityOf } from '../../infra/local/activity.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import type { Stage } from '../../shared/domain/stage.ts';
import { wholeSpan } from '../../shared/domain/timeline.ts';
import type { StampedFact } from '../../shared/events/facts.ts';
import type { Rejection } from '../../shared/ports.ts';

/** Everything that was told of one lead, in the order of its time. */
export const factsOf = async ({ tap }: LocalEnvironment, leadId: string): Promise<readonly StampedFact[]> => {
  await tap.drain();
  return tap
    .facts()
    .filter((fact) => fact.leadId === leadId)
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

/** The handoff that an engagement caused, and its lead, as they are stored. */
export const handoffCausedBy = async (
  { dynamo, names }: LocalEnvironment,
  engagementId: RegExp,
): Promise<Readonly<{ handoff: Handoff; stage: Stage; engagements: readonly string[] }>> => {
  const handoffs = await readHandoffs(dynamo, names.HandoffsTableName);
  const handoff = handoffs.find(({ cause }) => engagementId.test(cause.id));
  if (handoff === undefined)
    throw new Error(`no handoff was caused by ${engagementId} (there are ${handoffs.length})`);
  const leads = dynamoLeadStore(dynamo, names.LeadsTableName);
  const loaded = await leads.load(handoff.leadId);
  if (loaded.state === undefined) throw new Error(`the handoff caused by ${engagementId} is of no lead`);
  const timeline = await leads.timeline(handoff.leadId, loaded, wholeSpan);
  return { handoff, stage: loaded.state.stage, engagements: timeline.map(({ id }) => id) };
};

/** The queues that nobody takes from and that are not empty, by what they are called in the stack. */
export const deadLetters = async ({ stack }: LocalEnvironment): Promise<Readonly<Record<string, number>>> => {
  const { queues } = await activityOf(stack.emulator);
  return Object.fromEntries(
    Object.entries(stack.outputs)
      .filter(([output]) => /DeadLettersUrl$|^UndeliveredUrl$/.test(output))
      .map(([output, url]) => {
        const queue = queues.find(({ name }) => url.endsWith(`/${name}`));
        if (queue === undefined) throw new Error(`${output} names no queue`);
        return [output.replace(/Url$/, ''), queue.visible + queue.inFlight + queue.delayed] as const;
      })
      .filter(([, count]) => count > 0),
  );
};

/** What was kept of input that will never be right. */
export const rejectedInput = async ({ stack, names }: LocalEnvironment): Promise<readonly Rejection[]> => {
  const s3 = new S3Client({ ...stack.clientConfig, forcePathStyle: true });
  const found: Rejection[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket: names.InputLogBucketName, Prefix: 'rejected/' },
  ))
    for (const { Key } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: names.InputLogBucketName, Key }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      const text = (bytes[0] === 0x1f ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
      found.push(...text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)])));
    }
  return found;
};

/** A subscriber of the alert topic, as a chat would be; each call takes what has come since. */
export const listenToAlerts = async ({
  stack,
}: LocalEnvironment): Promise<() => Promise<readonly Readonly<{ subject: string; message: string }>[]>> => {
  const sqs = new SQSClient(stack.clientConfig);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'e2e-alerts' }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl,
      Attributes: {
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'sns.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: Attributes?.QueueArn,
            },
          ],
        }),
      },
    }),
  );
  await new SNSClient(stack.clientConfig).send(
    new SubscribeCommand({
      TopicArn: stack.outputs.AlertTopicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.QueueArn,
    }),
  );
  return async () =>
    (await takeAll(sqs, QueueUrl ?? '')).map(({ Body = '' }) => {
      const { Subject, Message } = JSON.parse(Body);
      return { subject: Subject, message: Message };
    });
};

/** Takes what is in a queue out of it. */
export const takeAll = async (sqs: SQSClient, url: string): Promise<readonly Message[]> => {
  const taken: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
      }),
    );
    if (Messages.length === 0) return taken;
    taken.push(...Messages);
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
  }
};
