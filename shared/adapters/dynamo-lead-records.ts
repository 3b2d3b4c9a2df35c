import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { accountSchema } from '../domain/account.ts';
import { answersSchema } from '../domain/answers.ts';
import { identitySchema } from '../domain/identity.ts';
import { type LeadRecordStates, receiptSchema } from '../domain/lead-records.ts';
import { profileSchema } from '../domain/profile.ts';
import type { Change, LeadRecords } from '../ports.ts';
import { isConflict, jitteredPause } from './dynamo-conflict.ts';

const format = 1;
/** The table's sort key is for the timelines of leads; everything else is one item. */
const sk = '0';

const parsers: { readonly [K in keyof LeadRecordStates]: (stored: unknown) => LeadRecordStates[K] } = {
  profile: (stored) => v.parse(profileSchema(), stored),
  answers: (stored) => v.parse(answersSchema(), stored),
  identity: (stored) => v.parse(identitySchema(), stored),
  account: (stored) => v.parse(accountSchema(), stored),
  receipt: (stored) => v.parse(receiptSchema(), stored),
};

/**
 * What is kept beside leads, in their table: `pk` = `<kind>#<id>`, `v` version, `state` as JSON: the code for
 * maps would be 5 KB of the function that starts most often. It tells no facts.
 */
export const dynamoLeadRecords = (client: DynamoDBClient, table: string): LeadRecords => ({
  async load(kind, id, freshness) {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: `${kind}#${id}` }, sk: { S: sk } },
        ConsistentRead: freshness !== 'stale',
      }),
    );
    if (Item === undefined) return { state: undefined, version: 0 };
    return { state: parsers[kind](JSON.parse(Item.state?.S ?? '')), version: Number(Item.v?.N) };
  },
  async commit([change, ...others]) {
    if (change === undefined) return 'saved';
    if (others.length > 0) throw new TypeError('records of leads are written one at a time');
    try {
      await client.send(new PutItemCommand({ TableName: table, ...put(change) }));
      return 'saved';
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      throw error;
    }
  },
  pause: jitteredPause,
});

const put = ({ kind, id, version, state }: Change): Omit<PutItemCommandInput, 'TableName'> => ({
  Item: {
    pk: { S: `${kind}#${id}` },
    sk: { S: sk },
    format: { N: String(format) },
    v: { N: String(version + 1) },
    state: { S: JSON.stringify(state) },
  },
  ...(version === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': { N: String(version) } } }),
});
