import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
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
  profile: (stored) => v.parse(profileSchema, stored),
  answers: (stored) => v.parse(answersSchema, stored),
  identity: (stored) => v.parse(identitySchema, stored),
  account: (stored) => v.parse(accountSchema, stored),
  receipt: (stored) => v.parse(receiptSchema, stored),
};

/** What is kept beside leads, in their table: `pk` = `<kind>#<id>`, `v` version, `state` a map. It tells no facts. */
export const dynamoLeadRecords = (client: DynamoDBClient, table: string): LeadRecords => ({
  async load(kind, id) {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: `${kind}#${id}` }, sk: { S: sk } },
        ConsistentRead: true,
      }),
    );
    if (Item === undefined) return { state: undefined, version: 0 };
    const { v: version, state } = unmarshall(Item);
    return { state: parsers[kind](state), version };
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

const put = ({ kind, id, version, state }: Change) => ({
  Item: marshall({ pk: `${kind}#${id}`, sk, format, v: version + 1, state }, { removeUndefinedValues: true }),
  ...(version === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': { N: String(version) } } }),
});
