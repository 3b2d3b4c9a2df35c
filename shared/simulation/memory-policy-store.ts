import type { PolicyPointer, PolicyStore } from '../policy/publish-policy.ts';
import type { Policy } from '../policy/schema.ts';
import type { PolicySource } from '../ports.ts';

/** A place to publish policies, and the source that follows it at once. */
export const memoryPolicyStore = (): PolicyStore & PolicySource => {
  let pointer: PolicyPointer | undefined;
  const bundles = new Map<string, string>();
  const policies = new Map<string, Policy>();
  /** The same object each time, as a function would hold it. */
  const policyOf = (hash: string): Policy | undefined => {
    const json = bundles.get(hash);
    if (json === undefined) return undefined;
    // It was a policy when it was put here.
    const policy = policies.get(hash) ?? (JSON.parse(json) as Policy);
    policies.set(hash, policy);
    return policy;
  };
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
      const policy = pointer === undefined ? undefined : policyOf(pointer.hash);
      if (pointer === undefined || policy === undefined) throw new Error('no policy was published yet');
      const { hash, sequence } = pointer;
      return { hash, sequence, policy };
    },
    async published(hash) {
      const policy = policyOf(hash);
      if (policy === undefined) throw new Error(`no policy ${hash} was published`);
      return policy;
    },
  };
};
