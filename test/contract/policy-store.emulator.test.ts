import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { bundleKey, dynamoPolicySource } from '../../shared/adapters/dynamo-policy.ts';
import { dynamoPolicyStore } from '../../shared/adapters/dynamo-policy-store.ts';
import { PolicyTooLargeError, publishPolicy, rollBackPolicy } from '../../shared/policy/publish-policy.ts';
import { defaultPolicy } from '../support/default-policy.ts';
import { createTable, emulatedDynamo, emulatorEndpoint } from '../support/emulated-dynamo.ts';
import { policyStoreContract } from '../support/policy-store-contract.ts';

const place = async () => {
  const client = emulatedDynamo();
  const table = await createTable(client, 'policy');
  return {
    client,
    table,
    store: dynamoPolicyStore(client, table),
    source: () => dynamoPolicySource(client, table),
  };
};

describe.skipIf(emulatorEndpoint === undefined)('on the emulator', () => {
  policyStoreContract('DynamoDB', place);

  it('follows a flip after 30 seconds, and reads nothing before', async () => {
    const { client, table, store } = await place();
    let ms = 0;
    const source = dynamoPolicySource(client, table, () => ms);
    await publishPolicy(store, defaultPolicy());
    expect((await source.current()).sequence).toBe(1);
    await publishPolicy(store, defaultPolicy({ version: 'another' }));
    ms = 29_999;
    expect((await source.current()).sequence).toBe(1);
    ms = 30_000;
    expect((await source.current()).policy.version).toBe('another');
  });

  it('follows a rollback after 30 seconds', async () => {
    const { client, table, store } = await place();
    let ms = 0;
    const source = dynamoPolicySource(client, table, () => ms);
    const { hash } = await publishPolicy(store, defaultPolicy());
    await publishPolicy(store, defaultPolicy({ version: 'another' }));
    expect((await source.current()).policy.version).toBe('another');
    await rollBackPolicy(store);
    ms = 30_000;
    expect(await source.current()).toMatchObject({ hash, sequence: 3 });
  });

  it('refuses a bundle that is not what was published', async () => {
    const { client, table, store, source } = await place();
    const { hash } = await publishPolicy(store, defaultPolicy());
    const other = await place();
    const { hash: otherHash } = await publishPolicy(other.store, defaultPolicy({ version: 'another' }));
    await store.put({ hash: otherHash, json: JSON.stringify(defaultPolicy()) });
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: 'pointer#current' } },
        UpdateExpression: 'SET #hash = :hash',
        ExpressionAttributeNames: { '#hash': 'hash' },
        ExpressionAttributeValues: { ':hash': { S: otherHash } },
      }),
    );
    expect(bundleKey(otherHash)).not.toBe(bundleKey(hash));
    await expect(source().current()).rejects.toThrow('was altered');
  });

  it('refuses what does not fit into an item', async () => {
    const { store } = await place();
    const noise = Array.from({ length: 60_000 }, () => crypto.randomUUID()).join('');
    await expect(store.put({ hash: 'h', json: noise })).rejects.toThrow(PolicyTooLargeError);
  });
});
