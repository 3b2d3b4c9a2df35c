import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { countingDynamo, noUnits } from '../../../infra/cli/costs/counting-dynamo.ts';
import { itemBytes, readUnits, writeUnits } from '../../../infra/cli/costs/item-size.ts';

describe('bytes of an item', () => {
  it.each<[Record<string, unknown>, number]>([
    [{ pk: 'ab' }, 4],
    [{ ä: 'ö' }, 4],
    [{ n: 12345 }, 1 + 4],
    [{ b: true }, 2],
    [{ l: ['a', 'b'] }, 1 + 3 + 2 * (1 + 1)],
    [{ m: { k: 'v' } }, 1 + 3 + (1 + 1) + 1],
  ])('%j', (item, bytes) => {
    expect(itemBytes(marshall(item))).toBe(bytes);
  });

  it.each([
    [0, 1, 1],
    [1024, 1, 1],
    [1025, 2, 1],
    [4096, 4, 1],
    [4097, 5, 2],
  ])('%d bytes are %d units to write and %d to read', (bytes, write, read) => {
    expect([writeUnits(bytes), readUnits(bytes)]).toEqual([write, read]);
  });
});

describe('what is counted', () => {
  const counted = () => {
    const units = noUnits();
    const facts: string[] = [];
    const { send } = countingDynamo(
      () => units,
      (text) => facts.push(text),
    );
    const put = (item: Record<string, unknown>, condition?: string, values?: Record<string, unknown>) => ({
      TableName: 't',
      Item: marshall(item),
      ...(condition === undefined ? {} : { ConditionExpression: condition }),
      ...(values === undefined ? {} : { ExpressionAttributeValues: marshall(values) }),
    });
    return { units, facts, send, put };
  };
  const long = 'x'.repeat(1500);

  it('a write by the larger of before and after, twice in a transaction', async () => {
    const { units, send, put } = counted();
    await send(new PutItemCommand(put({ pk: 'lead#1', text: long })));
    await send(new PutItemCommand(put({ pk: 'lead#1', text: '' })));
    await send(new TransactWriteItemsCommand({ TransactItems: [{ Put: put({ pk: 'handoff#1' }) }] }));
    expect([...units.writes]).toEqual([
      ['lead', 4],
      ['handoff', 2],
    ]);
  });

  it('the sparse index: in, moved, unchanged, out', async () => {
    const { units, send, put } = counted();
    const written: number[] = [];
    for (const due of [{ due: 'd', dueAt: '1' }, { due: 'd', dueAt: '2' }, { due: 'd', dueAt: '2' }, {}]) {
      await send(new PutItemCommand(put({ pk: 'lead#1', ...due })));
      written.push(units.indexWrites);
    }
    expect(written).toEqual([1, 3, 3, 4]);
  });

  it('a strong read as a whole, another as a half, and one of nothing', async () => {
    const { units, send } = counted();
    const key = { TableName: 't', Key: marshall({ pk: 'profile#1' }) };
    await send(new GetItemCommand({ ...key, ConsistentRead: true }));
    await send(new GetItemCommand(key));
    await send(
      new QueryCommand({
        TableName: 't',
        IndexName: 'due',
        KeyConditionExpression: 'due = :shard AND dueAt <= :now',
        ExpressionAttributeValues: marshall({ ':shard': 'due#1', ':now': '2' }),
      }),
    );
    expect([...units.reads]).toEqual([
      ['profile', 1.5],
      ['index', 0.5],
    ]);
  });

  it('conditions hold, and facts leave with what was written only', async () => {
    const { facts, send, put } = counted();
    const first = put({ pk: 'lead#1', v: 1, facts: '["a"]' }, 'attribute_not_exists(pk)');
    await send(new PutItemCommand(first));
    await expect(send(new PutItemCommand(first))).rejects.toThrow('condition');
    await expect(
      send(new PutItemCommand(put({ pk: 'lead#1', v: 3, facts: '["b"]' }, 'v = :v', { ':v': 2 }))),
    ).rejects.toThrow('condition');
    await send(new PutItemCommand(put({ pk: 'lead#1', v: 2, facts: '["c"]' }, 'v = :v', { ':v': 1 })));
    expect(facts).toEqual(['["a"]', '["c"]']);
  });

  it('a range in the order of its keys, up to a limit', async () => {
    const { units, send, put } = counted();
    for (const sk of ['C#3', '0', 'C#1', 'C#2', 'M#1'])
      await send(new PutItemCommand(put({ pk: 'lead#1', sk })));
    await send(new PutItemCommand(put({ pk: 'lead#2', sk: 'C#2' })));
    const range = (Limit?: number) =>
      new QueryCommand({
        TableName: 't',
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
        ExpressionAttributeValues: marshall({ ':pk': 'lead#1', ':from': 'C#2', ':until': 'C#~' }),
        ConsistentRead: true,
        ...(Limit === undefined ? {} : { Limit }),
      });
    const keys = (output: object) =>
      ('Items' in output ? (output.Items as { sk: { S: string } }[]) : []).map(({ sk }) => sk.S);
    expect(keys(await send(range()))).toEqual(['C#2', 'C#3']);
    expect(keys(await send(range(1)))).toEqual(['C#2']);
    expect([...units.reads]).toEqual([['lead', 2]]);
  });

  it('nothing that it does not know', async () => {
    const { send, put } = counted();
    await expect(send(new ScanCommand({ TableName: 't' }))).rejects.toThrow(TypeError);
    await expect(send(new PutItemCommand(put({ pk: 'lead#1' }, 'size(pk) > :n')))).rejects.toThrow(TypeError);
  });
});
