import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const cachedForMs = 5 * 60_000;
/** Whoever asks for a fresh one gets one that is at most so old: links of strangers must not cost a call each. */
const freshForMs = 5_000;

/** The secret exists but holds no text: it was never given a value, or a binary one. */
export class EmptySecretError extends Error {
  override readonly name = 'EmptySecretError';
}

type Client = Pick<SecretsManagerClient, 'send'>;

/** Real time in milliseconds: a cache ages with the process, not with a clock that may be moved. */
type Elapsed = () => number;

const processAge: Elapsed = () => performance.now();

/**
 * The text of a secret, asked for at most every five minutes; calls at the same time share one request.
 * A failure is thrown to all who wait for it and forgotten, so that the next call asks again.
 */
export const secretText = (
  client: Client,
  arn: string,
  elapsed: Elapsed = processAge,
): (() => Promise<string>) => {
  const text = cached(() => textOf(client, arn, 'AWSCURRENT'), elapsed);
  return () => text(cachedForMs);
};

/** A secret that is rotated: its text, and the one before it, which AWS keeps until the next rotation. */
export type RotatedSecret = Readonly<{ current: string; previous?: string }>;

/**
 * Both texts of a rotated secret, cached as `secretText` is. `fresh`: something does not fit what is cached, so it may
 * have been rotated; asked for again then, at most every five seconds.
 */
export const rotatedSecret = (
  client: Client,
  arn: string,
  elapsed: Elapsed = processAge,
): ((wanted?: Readonly<{ fresh?: boolean }>) => Promise<RotatedSecret>) => {
  const texts = cached(async () => {
    const [current, previous] = await Promise.all([
      textOf(client, arn, 'AWSCURRENT'),
      textOf(client, arn, 'AWSPREVIOUS').catch(unlessMissing),
    ]);
    return previous === undefined ? { current } : { current, previous };
  }, elapsed);
  return ({ fresh = false } = {}) => texts(fresh ? freshForMs : cachedForMs);
};

const textOf = async (client: Client, arn: string, VersionStage: string): Promise<string> => {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn, VersionStage }));
  if (SecretString === undefined || SecretString === '') throw new EmptySecretError('the secret has no text');
  return SecretString;
};

/** It was never rotated. */
const unlessMissing = (error: unknown): undefined => {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
  throw error;
};

const cached = <T>(ask: () => Promise<T>, elapsed: Elapsed): ((atMostMs: number) => Promise<T>) => {
  let known: Readonly<{ value: Promise<T>; at: number }> | undefined;
  return (atMostMs) => {
    if (known !== undefined && elapsed() - known.at < atMostMs) return known.value;
    const entry = { value: ask(), at: elapsed() };
    known = entry;
    entry.value.catch(() => {
      if (known === entry) known = undefined;
    });
    return entry.value;
  };
};
