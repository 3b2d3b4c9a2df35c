import { hash as digest } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Policy } from '../policy/schema.ts';
import type { PolicySource, PublishedPolicy } from '../ports.ts';

/** The pointer is asked for again after this long, so that a publish or rollback is followed within a minute. */
const followEveryMs = 30_000;
/** So many are kept at hand. */
const mostBundles = 5;

/** There is no policy to work with, or its bundle is not what was published. */
export class PolicyUnavailableError extends Error {
  override readonly name = 'PolicyUnavailableError';
}

/** Key of the item that says which policy is in force. */
export const pointerKey = 'pointer#current';
export const bundleKey = (hash: string): string => `policy#${hash}`;

const unzipped = (bytes: Uint8Array): string =>
  process.getBuiltinModule('node:zlib').gunzipSync(bytes).toString('utf8');

/** It takes more than a millisecond to load: at a cold start, it does so while the network is busy. */
const loadUnzip = async (): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
  process.getBuiltinModule('node:zlib');
};

/** @throws PolicyUnavailableError if it is not what was published */
export const readBundle = (bytes: Uint8Array, hash: string): Policy => {
  const json = unzipped(bytes);
  if (digest('sha256', json) !== hash) throw new PolicyUnavailableError(`the bundle ${hash} was altered`);
  // The publisher checked it against the schema, and the hash proves that it is what the publisher wrote.
  return JSON.parse(json) as Policy;
};

/**
 * The policy in force. Bundles never change, so one is read once; the pointer is read again every 30 seconds, and when
 * somebody has seen a newer one.
 * `systemMs` is the system's clock: it measures real time, also where Baton's time travels.
 */
export const dynamoPolicySource = (
  client: DynamoDBClient,
  table: string,
  systemMs: () => number = Date.now,
): PolicySource => {
  const bundles = new Map<string, Promise<Policy>>();
  let known: Readonly<{ published: PublishedPolicy; readAt: number }> | undefined;
  let reading: Promise<PublishedPolicy> | undefined;

  const get = async (key: string) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: key } }, ConsistentRead: true }),
    );
    return Item;
  };

  const read = async (): Promise<PublishedPolicy> => {
    const readAt = systemMs();
    const pointer = await get(pointerKey);
    const hash = pointer?.hash?.S;
    if (hash === undefined) throw new PolicyUnavailableError('no policy was published yet');
    const sequence = Number(pointer?.sequence?.N);
    const policy = await published(hash);
    known = { published: { hash, sequence, policy }, readAt };
    return known.published;
  };

  const bundle = async (hash: string): Promise<Policy> => {
    const [item] = await Promise.all([get(bundleKey(hash)), loadUnzip()]);
    const bytes = item?.bundle?.B;
    if (bytes === undefined) throw new PolicyUnavailableError(`the bundle ${hash} is missing`);
    return readBundle(bytes, hash);
  };

  /** Leads wait for few older policies at a time; what fails is tried again. */
  const published = (hash: string): Promise<Policy> => {
    const found = bundles.get(hash);
    if (found !== undefined) return found;
    const [oldest] = bundles.keys();
    if (bundles.size >= mostBundles && oldest !== undefined) bundles.delete(oldest);
    const reading = bundle(hash);
    bundles.set(hash, reading);
    reading.catch(() => bundles.delete(hash));
    return reading;
  };

  const follow = (): Promise<PublishedPolicy> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };

  return {
    async current(sequence = 0) {
      const isFresh = known !== undefined && systemMs() - known.readAt < followEveryMs;
      let current = known !== undefined && isFresh ? known.published : await follow();
      // Twice, for the first time somebody else may have begun to read before it was there.
      for (let again = 0; again < 2 && current.sequence < sequence; again++) current = await follow();
      if (current.sequence < sequence)
        throw new PolicyUnavailableError(`no policy with the sequence ${sequence} was published`);
      return current;
    },
    published,
  };
};
