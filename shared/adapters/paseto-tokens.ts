import { hkdfSync } from 'node:crypto';
import { LocalProtocol } from 'paseto';
import { DecryptFactory, EncryptFactory, type LocalKey, LocalKeyFromCryptoKey } from 'paseto/v3/local';
import * as v from 'valibot';
import type { Clock, Tokens } from '../ports.ts';

/** Texts of secrets. New tokens use `current`; those sealed with `previous` still open. */
export type Keyring = Readonly<{ current: string; previous?: string }>;

const protocol = new LocalProtocol(EncryptFactory, DecryptFactory);
const payload = v.object({
  claims: v.record(v.string(), v.union([v.string(), v.number()])),
  until: v.optional(v.string()),
});
/** No link of ours comes near; longer text is not worth decrypting. */
const longestToken = 2048;

/**
 * Links as PASETO v3.local tokens: sealed, so that nobody reads the ids in them, and bound to their purpose, which is
 * authenticated without being part of the token. Expiry is judged by `clock`, as everything else is.
 * @throws what the keyring throws; an empty secret is refused.
 */
export const pasetoTokens = (keyring: () => Promise<Keyring>, clock: Clock): Tokens => {
  const keys = new Map<string, Promise<LocalKey>>();
  const keyOf = (secret: string): Promise<LocalKey> => {
    const known = keys.get(secret) ?? deriveKey(secret);
    keys.set(secret, known);
    return known;
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
      if (token.length > longestToken) return { type: 'invalid' };
      const { current, previous } = await keyring();
      const secrets = previous === undefined ? [current] : [current, previous];
      for (const secret of secrets) {
        const opened = await decrypt(await keyOf(secret), purpose, token);
        if (opened === undefined) continue;
        if (opened.until !== undefined && opened.until <= clock.now()) return { type: 'expired' };
        return { type: 'valid', claims: opened.claims };
      }
      return { type: 'invalid' };
    },
  };
};

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
