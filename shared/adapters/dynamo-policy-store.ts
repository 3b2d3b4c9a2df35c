import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type PolicyStore, PolicyTooLargeError } from '../policy/publish-policy.ts';
import { bundleKey, pointerKey, readBundle } from './dynamo-policy.ts';

/** DynamoDB takes items up to 400 KB; the rest of the item needs little. */
const largestBundle = 390_000;

/** Publishes into the policy table: bundles as gzipped JSON, and one pointer that is flipped conditionally. */
export const dynamoPolicyStore = (client: DynamoDBClient, table: string): PolicyStore => ({
  async put({ hash, json }) {
    const bundle = await promisify(gzip)(json, { level: 9 });
    if (bundle.length > largestBundle)
      throw new PolicyTooLargeError(
        `The policy has ${bundle.length} bytes compressed, but ${largestBundle} are possible: shorten its texts.`,
      );
    await unlessRefused(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: { pk: { S: bundleKey(hash) }, format: { N: '1' }, bundle: { B: bundle } },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    );
  },

  async bundle(hash) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: bundleKey(hash) } }, ConsistentRead: true }),
    );
    return Item?.bundle?.B === undefined ? undefined : readBundle(Item.bundle.B, hash);
  },

  async pointer() {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: pointerKey } }, ConsistentRead: true }),
    );
    const hash = Item?.hash?.S;
    if (hash === undefined) return undefined;
    const before = (Item?.before?.L ?? []).flatMap(({ S }) => (S === undefined ? [] : [S]));
    return { hash, sequence: Number(Item?.sequence?.N), before };
  },

  async flip(from, to) {
    const done = await unlessRefused(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: pointerKey },
            format: { N: '1' },
            hash: { S: to.hash },
            sequence: { N: String(to.sequence) },
            before: { L: to.before.map((S) => ({ S })) },
          },
          ...(from === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: '#sequence = :from',
                ExpressionAttributeNames: { '#sequence': 'sequence' },
                ExpressionAttributeValues: { ':from': { N: String(from.sequence) } },
              }),
        }),
      ),
    );
    return done ? 'flipped' : 'conflict';
  },
});

/** False if the condition did not hold. */
const unlessRefused = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
