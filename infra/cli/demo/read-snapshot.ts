import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { dynamoLeadStore } from '../../../shared/adapters/dynamo-lead-store.ts';
import { type Handoff, handoffSchema } from '../../../shared/domain/handoff.ts';
import { localeOf } from '../../../shared/domain/locale.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { activityOf } from '../../local/activity.ts';
import type { RecordedMail } from '../../local/recorded-mail.ts';
import { tapQueueName } from '../fact-tap.ts';
import type { LocalEnvironment } from '../local-environment.ts';
import type { Snapshot } from './snapshot.ts';
import { timesToldAgain } from './told-again.ts';

/** Reads everything back: leads and handoffs from their tables, mails from the front, and what went nowhere. */
export const readSnapshot = async (environment: LocalEnvironment): Promise<Snapshot> => {
  const { dynamo, names, stack, tap, now } = environment;
  await tap.drain();
  const [leads, handoffs, rejected, activity] = await Promise.all([
    readLeads(dynamo, names.LeadsTableName),
    readHandoffs(dynamo, names.HandoffsTableName),
    readRejected(new S3Client({ ...stack.clientConfig, forcePathStyle: true }), names.InputLogBucketName),
    activityOf(stack.emulator),
  ]);
  return {
    now: now(),
    leads,
    handoffs,
    rejected,
    mails: stack.mailFront.mails().flatMap(mailOf),
    deadLetters: Object.fromEntries(
      activity.queues
        .filter(({ name, consumed }) => !consumed && name !== tapQueueName)
        .map(({ name, visible, inFlight, delayed }) => [name, visible + inFlight + delayed]),
    ),
    rescues: timesToldAgain(tap.facts()),
  };
};

/** Every handoff there is. */
export const readHandoffs = async (dynamo: DynamoDBClient, table: string): Promise<readonly Handoff[]> =>
  (await itemsOf(dynamo, table, 'handoff#')).map((item) => v.parse(handoffSchema, unmarshall(item).state));

const readLeads = async (dynamo: DynamoDBClient, table: string): Promise<Snapshot['leads']> => {
  const store = dynamoLeadStore(dynamo, table);
  const ids = new Set(
    (await itemsOf(dynamo, table, 'lead#')).map(({ pk }) => (pk?.S ?? '').slice('lead#'.length)),
  );
  const leads: Snapshot['leads'][number][] = [];
  for (const leadId of ids) {
    const loaded = await store.load(leadId);
    if (loaded.state === undefined) continue;
    const timeline = await store.timeline(leadId, loaded, wholeSpan);
    leads.push({ leadId, stage: loaded.state.stage, engagements: timeline.map(({ id }) => id) });
  }
  return leads;
};

const itemsOf = async (dynamo: DynamoDBClient, table: string, prefix: string) => {
  const items: Record<string, AttributeValue>[] = [];
  const pages = paginateScan(
    { client: dynamo },
    {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: 'begins_with(pk, :prefix)',
      ExpressionAttributeValues: { ':prefix': { S: prefix } },
    },
  );
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
};

const rejection = v.object({ code: v.string() });

/** One JSON object per line; Firehose may have compressed them, and the emulator may not. */
const readRejected = async (s3: S3Client, bucket: string): Promise<Snapshot['rejected']> => {
  const found: Snapshot['rejected'][number][] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucket, Prefix: 'rejected/' },
  )) {
    for (const { Key } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      const text = (bytes[0] === 0x1f ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
      const lines = text.split('\n').filter((line) => line !== '');
      found.push(...lines.map((line) => v.parse(rejection, JSON.parse(line))));
    }
  }
  return found;
};

const mailOf = ({ stream, html }: RecordedMail): Snapshot['mails'] =>
  stream === undefined ? [] : [{ stream, locale: localeOf(/<html[^>]*\slang="([^"]+)"/.exec(html)?.[1]) }];
