import type { LeadItems } from '../leads/log/lead-items.ts';
import { nobody } from '../leads/log/nobody.ts';
import type { LoadedLead } from '../ports.ts';

/** The same items, of which a stale read may get a head as it was before its last write. */
export const laggingLeadItems = (items: LeadItems, isBehind: () => boolean): LeadItems => {
  const before = new Map<string, LoadedLead>();
  return {
    ...items,
    async head(leadId, freshness) {
      const older = freshness === 'stale' ? before.get(leadId) : undefined;
      return older !== undefined && isBehind() ? older : items.head(leadId, freshness);
    },
    async putHead(leadId, loaded, next) {
      const current = await items.head(leadId);
      const outcome = await items.putHead(leadId, loaded, next);
      if (outcome === 'saved') before.set(leadId, current);
      return outcome;
    },
    async putHeads(heads) {
      const current = await Promise.all(heads.map(({ leadId }) => items.head(leadId)));
      const outcome = await items.putHeads(heads);
      if (outcome === 'saved')
        heads.forEach(({ leadId }, i) => {
          before.set(leadId, current[i] ?? nobody);
        });
      return outcome;
    },
  };
};
