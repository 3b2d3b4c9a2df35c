import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Keyring, pasetoTokens } from '../../../shared/adapters/paseto-tokens.ts';
import { EmptySecretError, secretText } from '../../../shared/adapters/secrets-manager.ts';

const secretsThat = (answer: (n: number) => Promise<string | undefined>) => {
  let calls = 0;
  const send = async () => ({ SecretString: await answer(calls++) });
  // A double of the SDK's overloaded method.
  return { client: { send } as never, calls: () => calls };
};

describe('secretText', () => {
  it('asks once for calls at the same time, and again after five minutes', async () => {
    const { client, calls } = secretsThat(async (n) => `s${n}`);
    let ms = 0;
    const read = secretText(client, 'arn', () => ms);
    expect(await Promise.all([read(), read(), read()])).toEqual(['s0', 's0', 's0']);
    ms = 5 * 60_000 - 1;
    expect(await read()).toBe('s0');
    ms = 5 * 60_000;
    expect(await read()).toBe('s1');
    expect(calls()).toBe(2);
  });

  it('forgets a failure', async () => {
    const { client } = secretsThat(async (n) => {
      if (n === 0) throw new Error('later');
      return 'fine';
    });
    const read = secretText(client, 'arn');
    const failures = await Promise.allSettled([read(), read()]);
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await read()).toBe('fine');
  });

  it.each([undefined, ''])('refuses a secret without a text (%j)', async (text) => {
    await expect(secretText(secretsThat(async () => text).client, 'arn')()).rejects.toThrow(EmptySecretError);
  });
});

const tokensOf = (keyring: Keyring, now = '2026-11-24T09:00:00.000Z') =>
  pasetoTokens(async () => keyring, { now: () => now });

describe('pasetoTokens', () => {
  const tokens = tokensOf({ current: 'k1' });

  it('opens what it sealed, for the purpose only', async () => {
    const token = await tokens.seal('unsubscribe', { lead: 'l', n: 3 });
    expect(await tokens.open('unsubscribe', token)).toEqual({ type: 'valid', claims: { lead: 'l', n: 3 } });
    expect(await tokens.open('confirm', token)).toEqual({ type: 'invalid' });
    expect(token.length).toBeLessThan(260);
    expect(Buffer.from(token, 'base64url').toString()).not.toContain('lead');
  });

  it('expires by the given clock, and not before', async () => {
    const token = await tokens.seal('answer', {}, '2026-11-25T09:00:00.000Z');
    const openedAt = (now: string) => tokensOf({ current: 'k1' }, now).open('answer', token);
    expect(await openedAt('2026-11-25T08:59:59.999Z')).toMatchObject({ type: 'valid' });
    expect(await openedAt('2026-11-25T09:00:00.000Z')).toEqual({ type: 'expired' });
    // Another purpose does not learn that it was a token once.
    expect(await tokensOf({ current: 'k1' }, '2027-01-01T00:00:00.000Z').open('x', token)).toEqual({
      type: 'invalid',
    });
  });

  it('keeps opening those of the key before', async () => {
    const token = await tokens.seal('answer', {});
    expect(await tokensOf({ current: 'k2', previous: 'k1' }).open('answer', token)).toMatchObject({
      type: 'valid',
    });
    expect(await tokensOf({ current: 'k2' }).open('answer', token)).toEqual({ type: 'invalid' });
  });

  it('refuses every token with one other character', async () => {
    const token = await tokens.seal('answer', { handoff: 'h' });
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09_-.'), async (i, letter) => {
        fc.pre(token[i] !== letter);
        const altered = token.slice(0, i) + letter + token.slice(i + 1);
        expect(await tokens.open('answer', altered)).toEqual({ type: 'invalid' });
      }),
    );
  });

  it.each(['', 'x', 'v3.local.', 'v3.local.AAAA', 'v4.local.AAAA', `v3.local.${'A'.repeat(3000)}`])(
    'is not fooled by %.20s',
    async (text) => {
      expect(await tokens.open('answer', text)).toEqual({ type: 'invalid' });
    },
  );
});
