import { describe, expect, it } from 'vitest';
import { bundleOf } from '../../shared/policy/policy-bundle.ts';
import { type PolicyStore, publishPolicy, rollBackPolicy } from '../../shared/policy/publish-policy.ts';
import type { PolicySource } from '../../shared/ports.ts';
import { defaultPolicy } from './default-policy.ts';

type Place = Readonly<{
  store: PolicyStore;
  /** A source that reads for the first time. */
  source: () => PolicySource;
}>;

/** What publishing and following a policy must keep, wherever it is published. */
export const policyStoreContract = (name: string, place: () => Promise<Place>) =>
  describe(`${name} keeps the PolicyStore contract`, () => {
    it('gives back what was published', async () => {
      const { store, source } = await place();
      const policy = defaultPolicy();
      const { hash } = await publishPolicy(store, policy);
      expect(await source().current()).toEqual({ hash, sequence: 1, policy });
    });

    it('has nothing to follow before the first', async () => {
      const { store, source } = await place();
      expect(await store.pointer()).toBeUndefined();
      await expect(source().current()).rejects.toThrow('no policy was published yet');
    });

    it('never changes a bundle', async () => {
      const { store, source } = await place();
      const bundle = bundleOf(defaultPolicy());
      await store.put(bundle);
      await store.put({ ...bundle, json: '{}' });
      await store.flip(undefined, { hash: bundle.hash, sequence: 1, before: [] });
      expect((await source().current()).policy).toEqual(defaultPolicy());
    });

    it('gives a bundle back by its hash', async () => {
      const { store } = await place();
      const bundle = bundleOf(defaultPolicy());
      await store.put(bundle);
      expect(await store.bundle(bundle.hash)).toEqual(defaultPolicy());
      expect(await store.bundle('0'.repeat(64))).toBeUndefined();
    });

    it('refuses to move a pointer that somebody else has moved', async () => {
      const { store } = await place();
      const first = { hash: 'a', sequence: 1, before: [] };
      const second = { hash: 'b', sequence: 2, before: ['a'] };
      expect(await store.flip(undefined, first)).toBe('flipped');
      expect(await store.flip(undefined, { hash: 'b', sequence: 1, before: [] })).toBe('conflict');
      expect(await store.flip(first, second)).toBe('flipped');
      expect(await store.flip(first, { hash: 'c', sequence: 2, before: ['a'] })).toBe('conflict');
      expect(await store.pointer()).toEqual(second);
    });

    it('goes back step by step, with a higher sequence each time', async () => {
      const { store, source } = await place();
      const versions = ['1', '2', '3'];
      for (const version of versions) await publishPolicy(store, defaultPolicy({ version }));
      expect((await rollBackPolicy(store)).to.sequence).toBe(4);
      expect(await source().current()).toMatchObject({ sequence: 4, policy: { version: '2' } });
      await rollBackPolicy(store);
      expect(await source().current()).toMatchObject({ sequence: 5, policy: { version: '1' } });
      await expect(rollBackPolicy(store)).rejects.toThrow('publish another');
    });

    it('follows a flip back to an earlier policy', async () => {
      const { store, source } = await place();
      const first = await publishPolicy(store, defaultPolicy());
      await publishPolicy(store, defaultPolicy({ version: 'another' }));
      await publishPolicy(store, defaultPolicy());
      expect(await source().current()).toMatchObject({ hash: first.hash, sequence: 3 });
    });
  });
