import type { PolicySource, PublishedPolicy } from '../ports.ts';

/** There never was another policy. */
export const onePolicy = (published: PublishedPolicy): PolicySource => ({
  current: async () => published,
  async published(hash) {
    if (hash !== published.hash) throw new Error(`the policy ${hash} was never published`);
    return published.policy;
  },
});
