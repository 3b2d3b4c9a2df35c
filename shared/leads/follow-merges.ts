import type { LeadStore, LoadedLead } from '../ports.ts';

/** Whom a lead is now. */
export type FollowedLead = Readonly<{ leadId: string; loaded: LoadedLead }>;

/**
 * A lead, or the one that it was merged into, or the one that was merged into since. A stale read may still show it as it
 * was before; then no save of it succeeds.
 */
export const makeFollowMerges =
  ({ load }: Pick<LeadStore, 'load'>) =>
  async (named: string, freshness?: 'stale'): Promise<FollowedLead> => {
    // Nobody can be merged into somebody who was merged already, so this ends.
    for (let leadId = named; ; ) {
      const loaded = await load(leadId, freshness);
      const into = loaded.state?.mergedInto?.into;
      if (into === undefined) return { leadId, loaded };
      leadId = into;
    }
  };
