import type { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { bundleKey, dynamoPolicySource, pointerKey } from '../../../shared/adapters/dynamo-policy.ts';
import { dynamoPolicyStore } from '../../../shared/adapters/dynamo-policy-store.ts';
import { publishPolicy, rollBackPolicy } from '../../../shared/policy/publish-policy.ts';
import { defaultPolicy } from '../../support/default-policy.ts';

/** A table of policies that counts what is read of it. Nobody writes at the same time. */
const policyTable = () => {
  const items = new Map<string, Record<string, unknown>>();
  const reads: string[] = [];
  const send = async ({ input }: GetItemCommand) => {
    const { Item, Key } = input as unknown as {
      Item?: Record<string, unknown> & { pk: { S: string } };
      Key?: { pk: { S: string } };
    };
    if (Item !== undefined) items.set(Item.pk.S, Item);
    if (Key === undefined) return {};
    reads.push(Key.pk.S);
    return { Item: items.get(Key.pk.S) };
  };
  return { reads, client: { send } as unknown as DynamoDBClient };
};

describe('the source of the policy', () => {
  let table: ReturnType<typeof policyTable>;
  const publish = (version: string) =>
    publishPolicy(dynamoPolicyStore(table.client, 'policies'), defaultPolicy({ version }));
  beforeEach(async () => {
    table = policyTable();
    await publish('first');
  });
  const source = () => dynamoPolicySource(table.client, 'policies', () => 0);

  it('is never older than what somebody has seen', async () => {
    const policies = source();
    expect((await policies.current()).policy.version).toBe('first');
    await publish('second');
    expect((await policies.current(1)).policy.version).toBe('first');
    const both = await Promise.all([policies.current(2), policies.current(2)]);
    expect(both.map(({ policy }) => policy.version)).toEqual(['second', 'second']);
    await rollBackPolicy(dynamoPolicyStore(table.client, 'policies'));
    expect(await policies.current(3)).toMatchObject({ sequence: 3, policy: { version: 'first' } });
  });

  it('does not take a read that began before', async () => {
    const policies = source();
    const early = policies.current();
    await publish('second');
    expect((await policies.current(2)).sequence).toBe(2);
    await early;
  });

  it('has none that was never published', async () => {
    await expect(source().current(9)).rejects.toThrow('no policy with the sequence 9');
    await expect(source().published('nobody')).rejects.toThrow('missing');
  });

  it('reads a bundle once, whichever way it is asked for', async () => {
    const policies = source();
    const { hash } = await policies.current();
    const second = await publish('second');
    table.reads.length = 0;
    const [one, other] = await Promise.all([policies.published(hash), policies.published(second.hash)]);
    expect(await policies.published(second.hash)).toBe(other);
    expect((await policies.current(2)).policy).toBe(other);
    expect((await policies.current(2)).policy).not.toBe(one);
    expect(table.reads).toEqual([bundleKey(second.hash), pointerKey]);
  });

  it('asks again for a bundle that was not there', async () => {
    const policies = source();
    const other = policyTable();
    const { hash } = await publishPolicy(
      dynamoPolicyStore(other.client, 'policies'),
      defaultPolicy({ version: 'second' }),
    );
    await expect(policies.published(hash)).rejects.toThrow('missing');
    await publish('second');
    expect((await policies.published(hash)).version).toBe('second');
  });
});
