import { hkdfSync } from 'node:crypto';
import { LocalProtocol } from 'paseto';
import { DecryptFactory, EncryptFactory, type LocalKey, LocalKeyFromCryptoKey } from 'paseto/v3/local';
import * as v from 'valibot';
import type { Clock, Tokens } from '../ports.ts';

/** Texts of secrets. New tokens use `current`; those sealed with `previous` still open. */
export type Keyring = Readonly<{ current: string; previous?: string }>;

/** `fresh`: a token does not open with what is known, so the key may have been rotated since. */
export type KeyringSource = (wanted?: Readonly<{ fresh?: boolean }>) => Promise<Keyring>;

const protocol = new LocalProtocol(EncryptFactory, DecryptFactory);
const payload = v.object({
  claims: v.record(v.string(), v.union([v.string(), v.number()])),
  until: v.optional(v.string()),
});
const header = 'v3.local.';
/** No link of ours comes near; longer text is not worth decrypting. */
const longestToken = 2048;

/**
 * Links as PASETO v3.local tokens: sealed, so that nobody reads the ids in them, and bound to their purpose, which is
 * authenticated without being part of the token. Expiry is judged by `clock`, as everything else is.
 * @throws what the keyring throws; an empty secret is refused.
 */
export const pasetoTokens = (keyring: KeyringSource, clock: Clock): Tokens => {
  const keys = new Map<string, Promise<LocalKey>>();
  const keyOf = (secret: string): Promise<LocalKey> => {
    const known = keys.get(secret) ?? deriveKey(secret);
    keys.set(secret, known);
    return known;
  };

  const openWith = async (secrets: readonly string[], purpose: string, token: string) => {
    for (const secret of secrets) {
      const opened = await decrypt(await keyOf(secret), purpose, token);
      if (opened !== undefined) return opened;
    }
    return undefined;
  };

  return {
    async seal(purpose, claims, expiresAt) {
      const key = await keyOf((await keyring()).current);
      const sealed = { claims: { ...claims }, ...(expiresAt === undefined ? {} : { until: expiresAt }) };
      return protocol.Encrypt(key, sealed, {
        nonExpiring: true,
        addIssuedAt: false,
        implicitAssertion: Buffer.from(purpose),
      });
    },
    async open(purpose, token) {
      if (token.length > longestToken || !token.startsWith(header)) return { type: 'invalid' };
      const known = secretsOf(await keyring());
      const opened =
        (await openWith(known, purpose, token)) ??
        // Whoever sealed it may have heard of a new key before this process did.
        (await openWith(
          secretsOf(await keyring({ fresh: true })).filter((secret) => !known.includes(secret)),
          purpose,
          token,
        ));
      if (opened === undefined) return { type: 'invalid' };
      if (opened.until !== undefined && opened.until <= clock.now()) return { type: 'expired' };
      return { type: 'valid', claims: opened.claims };
    },
  };
};

const secretsOf = ({ current, previous }: Keyring): readonly string[] =>
  previous === undefined ? [current] : [current, previous];

const decrypt = async (key: LocalKey, purpose: string, token: string) => {
  try {
    const { claims } = await protocol.Decrypt(key, token, {
      allowNonExpiring: true,
      implicitAssertion: Buffer.from(purpose),
    });
    const read = v.safeParse(payload, claims);
    return read.success ? read.output : undefined;
  } catch {
    // Altered, foreign, of another purpose or no token at all: the library throws for each, and to us all are one.
    return undefined;
  }
};

const deriveKey = async (secret: string): Promise<LocalKey> => {
  if (secret === '') throw new Error('the secret of the link key is empty');
  const bytes = hkdfSync('sha256', secret, '', 'baton links v1', 32);
  return LocalKeyFromCryptoKey(await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']));
};
