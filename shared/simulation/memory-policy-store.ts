import type { PolicyPointer, PolicyStore } from '../policy/publish-policy.ts';
import type { Policy } from '../policy/schema.ts';
import type { PolicySource } from '../ports.ts';

/** A place to publish policies, and the source that follows it at once. */
export const memoryPolicyStore = (): PolicyStore & PolicySource => {
  let pointer: PolicyPointer | undefined;
  const bundles = new Map<string, string>();
  return {
    async put({ hash, json }) {
      if (!bundles.has(hash)) bundles.set(hash, json);
    },
    async bundle(hash) {
      const json = bundles.get(hash);
      // It was a policy when it was put here.
      return json === undefined ? undefined : (JSON.parse(json) as Policy);
    },
    pointer: async () => pointer,
    async flip(from, to) {
      if (from?.sequence !== pointer?.sequence) return 'conflict';
      pointer = to;
      return 'flipped';
    },
    async current() {
      const json = pointer === undefined ? undefined : bundles.get(pointer.hash);
      if (pointer === undefined || json === undefined) throw new Error('no policy was published yet');
      const { hash, sequence } = pointer;
      // It was a policy when it was put here.
      return { hash, sequence, policy: JSON.parse(json) as Policy };
    },
  };
};
