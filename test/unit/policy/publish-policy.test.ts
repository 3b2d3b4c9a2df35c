import { describe, expect, it } from 'vitest';
import {
  NothingBeforeError,
  type PolicyStore,
  PublishConflictError,
  publishPolicy,
  rollBackPolicy,
} from '../../../shared/policy/publish-policy.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { PolicySource } from '../../../shared/ports.ts';
import { memoryPolicyStore } from '../../../shared/simulation/memory-policy-store.ts';

const policy = (version: string) => ({ version, format: 1 }) as Policy;

describe('publishPolicy', () => {
  it('says nothing new when the policy is in force already', async () => {
    const store = memoryPolicyStore();
    const first = await publishPolicy(store, policy('1'));
    expect(first).toMatchObject({ sequence: 1, published: true });
    expect(await publishPolicy(store, policy('1'))).toEqual({ ...first, published: false });
  });

  it('raises the sequence with each flip, back to an earlier one too', async () => {
    const store = memoryPolicyStore();
    const { hash } = await publishPolicy(store, policy('1'));
    await publishPolicy(store, policy('2'));
    expect(await publishPolicy(store, policy('1'))).toMatchObject({ hash, sequence: 3, published: true });
  });

  it('decides again when somebody else published in between', async () => {
    const store = memoryPolicyStore();
    let raced = false;
    const racing: PolicyStore = {
      ...store,
      async flip(from, to) {
        if (!raced) {
          raced = true;
          await publishPolicy(store, policy('theirs'));
        }
        return store.flip(from, to);
      },
    };
    expect(await publishPolicy(racing, policy('ours'))).toMatchObject({ sequence: 2, published: true });
  });

  it('gives up when others never stop', async () => {
    const store: PolicyStore = { ...memoryPolicyStore(), flip: async () => 'conflict' };
    await expect(publishPolicy(store, policy('1'))).rejects.toThrow(PublishConflictError);
  });

  it('has put the bundle before the pointer names it', async () => {
    const store = memoryPolicyStore();
    const put: string[] = [];
    const careful: PolicyStore = {
      ...store,
      put: async (bundle) => {
        await store.put(bundle);
        put.push(bundle.hash);
      },
      flip: async (from, to) => {
        expect(put).toContain(to.hash);
        return store.flip(from, to);
      },
    };
    await publishPolicy(careful, policy('1'));
  });
});

describe('rollBackPolicy', () => {
  const published = async (...versions: readonly string[]) => {
    const store = memoryPolicyStore();
    for (const version of versions) await publishPolicy(store, policy(version));
    return store;
  };
  const versionIn = async (store: PolicyStore & PolicySource) => (await store.current()).policy.version;

  it('puts the one before back, and raises the sequence', async () => {
    const store = await published('1', '2');
    const { from, to } = await rollBackPolicy(store);
    expect([from.sequence, to.sequence]).toEqual([2, 3]);
    expect(await versionIn(store)).toBe('1');
  });

  it.each([[[]], [['1']]])('has nowhere to go after %j', async (versions) => {
    await expect(rollBackPolicy(await published(...versions))).rejects.toThrow(NothingBeforeError);
  });

  it('goes back to what was in force before a rollback and a new policy', async () => {
    const store = await published('1', '2');
    await rollBackPolicy(store);
    await publishPolicy(store, policy('3'));
    await rollBackPolicy(store);
    expect(await versionIn(store)).toBe('1');
  });

  it('keeps a bounded way back', async () => {
    const store = await published(...Array.from({ length: 30 }, (_, i) => String(i)));
    expect((await store.pointer())?.before).toHaveLength(20);
  });

  it('does not take back what somebody else has published meanwhile', async () => {
    const store = await published('1', '2');
    const racing: PolicyStore = {
      ...store,
      async flip(from, to) {
        await publishPolicy(store, policy('theirs'));
        return store.flip(from, to);
      },
    };
    await expect(rollBackPolicy(racing)).rejects.toThrow(PublishConflictError);
    expect(await versionIn(store)).toBe('theirs');
  });

  it('goes back once if the answer to its own flip was lost', async () => {
    const store = await published('1', '2', '3');
    const lossy: PolicyStore = {
      ...store,
      async flip(from, to) {
        await store.flip(from, to);
        return 'conflict';
      },
    };
    expect((await rollBackPolicy(lossy)).to.sequence).toBe(4);
    expect(await versionIn(store)).toBe('2');
  });
});
