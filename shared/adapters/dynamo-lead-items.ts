import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { TimelineEntry } from '../domain/timeline.ts';
import type { HeadToPut, LeadItems } from '../leads/log/lead-items.ts';
import type { LoadedLead } from '../ports.ts';
import { isConflict, jitteredPause } from './dynamo-conflict.ts';
import {
  chunkItem,
  chunkKey,
  entriesOf,
  headItem,
  headKey,
  type Item,
  lastChunkKey,
  loadedHead,
  markerItem,
  markerKey,
  partitionOf,
  verdictItem,
  verdictKey,
  verdictsOf,
} from './lead-item-layout.ts';

const maxReads = 5;

/** Its head names a version of its verdicts that is not there. */
export class IncompleteLeadError extends Error {
  override readonly name = 'IncompleteLeadError';
}

/** The items of leads in DynamoDB: one partition each. */
export const dynamoLeadItems = (client: DynamoDBClient, table: string): LeadItems => {
  const get = async (leadId: string, sk: string, isStrong: boolean): Promise<Item | undefined> => {
    const key = { pk: { S: partitionOf(leadId) }, sk: { S: sk } };
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key, ConsistentRead: isStrong }),
    );
    return Item;
  };
  const put = (item: Item) => client.send(new PutItemCommand({ TableName: table, Item: item }));
  const query = (leadId: string, from: string, until: string) =>
    queryAll(client, table, partitionOf(leadId), from, until);

  const putAll = async (puts: readonly HeadPut[]): Promise<'saved' | 'conflict'> => {
    const [only, ...others] = puts;
    if (only === undefined) return 'saved';
    try {
      if (others.length === 0) await client.send(new PutItemCommand(only));
      else await client.send(new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
      return 'saved';
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      throw error;
    }
  };

  return {
    async head(leadId, freshness) {
      for (let read = 1; read <= maxReads; read++) {
        const head = loadedHead(await get(leadId, headKey, freshness !== 'stale' || read > 1));
        if (head.state === undefined || head.judgedAt === undefined) return head;
        const { version, verdicts } = verdictsOf(await get(leadId, verdictKey, true));
        if (version === head.judgedAt) return { ...head, state: { ...head.state, verdicts } };
        // Somebody judged it between the two reads, or the head was a stale one.
      }
      throw new IncompleteLeadError(`lead ${leadId} lacks its verdicts`);
    },
    async firstChunkFrom(leadId, key) {
      const { Items: [first] = [] } = await client.send(
        new QueryCommand({
          ...range(table, partitionOf(leadId), chunkKey(key), lastChunkKey),
          Limit: 1,
        }),
      );
      return first === undefined ? undefined : entriesOf(first);
    },
    async marker(leadId, key) {
      const item = await get(leadId, markerKey(key), true);
      return item === undefined ? undefined : entriesOf(item)[0];
    },
    async between(leadId, from, until) {
      const items = await Promise.all([
        query(leadId, chunkKey(from), chunkKey(until)),
        query(leadId, markerKey(from), markerKey(until)),
      ]);
      return items.flat().flatMap((item): readonly TimelineEntry[] => entriesOf(item));
    },
    async putChunk(leadId, entries) {
      await put(chunkItem(leadId, entries));
    },
    async putMarker(leadId, entry) {
      await put(markerItem(leadId, entry));
    },
    putHead: (leadId, loaded, next) => putAll(headPuts(table, leadId, loaded, next)),
    putHeads: (heads) =>
      putAll(heads.flatMap(({ leadId, loaded, next }) => headPuts(table, leadId, loaded, next))),
    pause: jitteredPause,
  };
};

type HeadPut = NonNullable<TransactWriteItem['Put']>;

/** The head, if it is still the one that was loaded, and its verdicts if they change. */
const headPuts = (
  TableName: string,
  leadId: string,
  loaded: LoadedLead,
  next: HeadToPut,
): readonly HeadPut[] => {
  const verdicts = verdictItem(leadId, loaded, next.lead);
  const head = {
    TableName,
    Item: headItem(leadId, loaded, next),
    ...(loaded.version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'v = :v',
          ExpressionAttributeValues: { ':v': { N: String(loaded.version) } },
        }),
  };
  return verdicts === undefined ? [head] : [head, { TableName, Item: verdicts }];
};

const range = (table: string, pk: string, from: string, until: string) => ({
  TableName: table,
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
  ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from }, ':until': { S: until } },
  ConsistentRead: true,
});

/** Page by page: a page ends after 1 MB. */
const queryAll = async (
  client: DynamoDBClient,
  table: string,
  pk: string,
  from: string,
  until: string,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let next: Record<string, AttributeValue> | undefined;
  do {
    const { Items = [], LastEvaluatedKey }: { Items?: Item[]; LastEvaluatedKey?: Item } = await client.send(
      new QueryCommand({
        ...range(table, pk, from, until),
        ...(next === undefined ? {} : { ExclusiveStartKey: next }),
      }),
    );
    items.push(...Items);
    next = LastEvaluatedKey;
  } while (next !== undefined);
  return items;
};
