import type { Clock, Tokens } from '../ports.ts';

type Sealed = Readonly<{
  purpose: string;
  claims: Readonly<Record<string, string | number>>;
  expiresAt?: string;
}>;

/** Tokens that can be opened, keep their purpose and expire, but seal nothing: for simulations, which need no secrets. */
export const openTokens = (clock: Clock): Tokens => ({
  seal: async (purpose, claims, expiresAt) =>
    Buffer.from(JSON.stringify({ purpose, claims, expiresAt } satisfies Partial<Sealed>)).toString(
      'base64url',
    ),
  async open(purpose, token) {
    const sealed = parsed(token);
    if (sealed === undefined || sealed.purpose !== purpose) return { type: 'invalid' };
    if (sealed.expiresAt !== undefined && sealed.expiresAt <= clock.now()) return { type: 'expired' };
    return { type: 'valid', claims: sealed.claims };
  },
});

const parsed = (token: string): Sealed | undefined => {
  try {
    // Only `seal` makes them.
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as Sealed;
  } catch {
    return undefined;
  }
};
