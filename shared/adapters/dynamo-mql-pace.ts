import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { hoursOfUse, type MqlHour } from '../domain/surge.ts';
import type { MqlPace } from '../ports.ts';

const key = { pk: { S: 'mql-pace#current' }, sk: { S: '0' } };
/** What was read is believed for so long; whatever this instance counts, it knows at once. */
const freshMs = 30_000;
const prefixOf = { passed: 'p', held: 'h' } as const;

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * One item of the leads' table, with two numbers for each hour that has any. Whoever counts takes out what is too old.
 * `systemMs` is the system's clock: it measures real time, also where Baton's time travels.
 */
export const dynamoMqlPace = (
  client: DynamoDBClient,
  table: string,
  systemMs: () => number = Date.now,
): MqlPace => {
  let known: Readonly<{ item: Item; hours: readonly MqlHour[]; readAt: number }> | undefined;
  const remember = (item: Item = {}): readonly MqlHour[] => {
    known = { item, hours: hoursIn(item), readAt: systemMs() };
    return known.hours;
  };
  return {
    async hours() {
      if (known !== undefined && systemMs() - known.readAt < freshMs) return known.hours;
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key }));
      return remember(Item);
    },
    async add(hour, became) {
      const old = Object.keys(known?.item ?? {}).filter(
        (name) => isHour(name) && hourIn(name) < hour - hoursOfUse,
      );
      const remove = old.length === 0 ? '' : ` REMOVE ${old.join(', ')}`;
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: key,
          UpdateExpression: `ADD ${prefixOf[became]}${hour} :one${remove}`,
          ExpressionAttributeValues: { ':one': { N: '1' } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      remember(Attributes);
    },
  };
};

const isHour = (name: string): boolean => /^[ph]\d+$/.test(name);
const hourIn = (name: string): number => Number(name.slice(1));

const hoursIn = (item: Item): readonly MqlHour[] => {
  const counted = (prefix: string, hour: number) => Number(item[`${prefix}${hour}`]?.N ?? 0);
  const hours = new Set(Object.keys(item).filter(isHour).map(hourIn));
  return [...hours].map((hour) => ({
    hour,
    passed: counted(prefixOf.passed, hour),
    held: counted(prefixOf.held, hour),
  }));
};
