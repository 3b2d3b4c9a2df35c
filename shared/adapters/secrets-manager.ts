import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const cachedForMs = 5 * 60_000;

/** The secret exists but holds no text: it was never given a value, or a binary one. */
export class EmptySecretError extends Error {
  override readonly name = 'EmptySecretError';
}

/**
 * The text of a secret, asked for at most every five minutes; calls at the same time share one request.
 * A failure is thrown to all who wait for it and forgotten, so that the next call asks again.
 */
export const secretText = (
  client: Pick<SecretsManagerClient, 'send'>,
  arn: string,
  /** Real time in milliseconds: a cache ages with the process, not with a clock that may be moved. */
  elapsed: () => number = () => performance.now(),
): (() => Promise<string>) => {
  let cached: Readonly<{ text: Promise<string>; at: number }> | undefined;

  const ask = async (): Promise<string> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (SecretString === undefined || SecretString === '')
      throw new EmptySecretError('the secret has no text');
    return SecretString;
  };

  return () => {
    if (cached !== undefined && elapsed() - cached.at < cachedForMs) return cached.text;
    const entry = { text: ask(), at: elapsed() };
    cached = entry;
    entry.text.catch(() => {
      if (cached === entry) cached = undefined;
    });
    return entry.text;
  };
};
