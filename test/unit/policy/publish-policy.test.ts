import { describe, expect, it } from 'vitest';
import {
  type PolicyStore,
  PublishConflictError,
  publishPolicy,
} from '../../../shared/policy/publish-policy.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
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
    expect(await publishPolicy(store, policy('1'))).toEqual({ hash, sequence: 3, published: true });
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
