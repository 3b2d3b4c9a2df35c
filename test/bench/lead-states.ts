import { type Item, itemsOf, leadOf } from '../../shared/adapters/lead-items.ts';
import type { Lead } from '../../shared/domain/lead.ts';
import type { LoadedLead } from '../../shared/ports.ts';

/** What becomes of a lead with one more event. */
export type NextLead = (lead: Lead | undefined) => Lead;

/** Where the core's leads are between two events. */
export type LeadStates = Readonly<{ change(leadId: string, next: NextLead): void }>;

/** As they are. */
export const plainStates = (): LeadStates => {
  const leads = new Map<string, Lead>();
  return { change: (leadId, next) => void leads.set(leadId, next(leads.get(leadId))) };
};

const nobody: LoadedLead = { state: undefined, version: 0, archived: new Set() };

/** As the items of DynamoDB: read and written for each event. */
export const codedStates = (): LeadStates => {
  const stored = new Map<string, Readonly<{ head: Item; chunks: readonly Item[] }>>();
  return {
    change(leadId, next) {
      const before = stored.get(leadId);
      const loaded = before === undefined ? nobody : leadOf([before.head, ...before.chunks])!;
      const state = next(loaded.state);
      if (state === loaded.state) return;
      const { head, chunk } = itemsOf(leadId, loaded, { state, facts: [] });
      const chunks = before?.chunks ?? [];
      stored.set(leadId, { head, chunks: chunk === undefined ? chunks : [...chunks, chunk] });
    },
  };
};
