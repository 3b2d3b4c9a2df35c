import type { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { describe, expect, it } from 'vitest';
import { firehoseLog } from '../../../shared/adapters/firehose-log.ts';
import { hmacKeyedHash } from '../../../shared/adapters/hmac-keyed-hash.ts';

const recording = () => {
  const records: string[] = [];
  const send = async ({ input }: PutRecordCommand) => {
    records.push(Buffer.from(input.Record?.Data ?? []).toString());
    return {};
  };
  return { records, client: { send } as unknown as FirehoseClient };
};

describe('a log in Firehose', () => {
  it('packs a batch into one record of lines', async () => {
    const { records, client } = recording();
    await firehoseLog(client, 'raw').append([{ id: 'a' }, { id: 'b' }]);
    expect(records).toEqual(['{"id":"a"}\n{"id":"b"}\n']);
  });

  it('packs what comes at the same time together, and what comes later apart', async () => {
    const { records, client } = recording();
    const log = firehoseLog(client, 'raw');
    await Promise.all([log.append([{ id: 'a' }]), log.append([{ id: 'b' }])]);
    await log.append([{ id: 'c' }]);
    expect(records).toEqual(['{"id":"a"}\n{"id":"b"}\n', '{"id":"c"}\n']);
  });

  it('fails for all whose lines were not taken, and for nobody after them', async () => {
    let fails = true;
    const { records, client } = recording();
    const send: FirehoseClient['send'] = async (command: never) => {
      if (fails) throw new Error('throttled');
      return client.send(command);
    };
    const log = firehoseLog({ send }, 'raw');
    const outcomes = await Promise.allSettled([log.append([{ id: 'a' }]), log.append([{ id: 'b' }])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    await log.append([{ id: 'a' }]);
    expect(records).toEqual(['{"id":"a"}\n']);
  });

  it('begins another record before one grows too large, and loses no line', async () => {
    const { records, client } = recording();
    const entries = Array.from({ length: 10 }, (_, i) => ({ i, text: 'ü'.repeat(100_000) }));
    await firehoseLog(client, 'raw').append(entries);
    expect(records.length).toBeGreaterThan(1);
    for (const record of records) expect(Buffer.byteLength(record)).toBeLessThan(1_000_000);
    expect(
      records
        .join('')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(entries);
  });

  it('sends nothing for nothing', async () => {
    const { records, client } = recording();
    await firehoseLog(client, 'raw').append([]);
    expect(records).toEqual([]);
  });
});

describe('a keyed hash', () => {
  const withKey = (key: string) => hmacKeyedHash(async () => key);
  it('is stable, short, safe in keys, and nothing without the key', async () => {
    const name = await withKey('k1').of('email:jo@acme.example');
    expect(name).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(await withKey('k1').of('email:jo@acme.example')).toBe(name);
    expect(await withKey('k2').of('email:jo@acme.example')).not.toBe(name);
  });
});
