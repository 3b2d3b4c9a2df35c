import { viewLead } from '../domain/view-lead.ts';
import type { AccountReader, LeadReader, LeadRecords, LeadStore } from '../ports.ts';

type Deps = Readonly<{ leads: Pick<LeadStore, 'load'>; records: Pick<LeadRecords, 'load'> }>;

export const leadReader = ({ leads, records }: Deps): LeadReader => ({
  async view(leadId, { policy }, now) {
    const { state } = await leads.load(leadId);
    if (state === undefined) return undefined;
    const profile = (await records.load('profile', leadId)).state ?? {};
    return viewLead(leadId, state, profile, policy, now);
  },
});

export const accountReader = ({ records }: Pick<Deps, 'records'>): AccountReader => ({
  account: async (domain) => (await records.load('account', domain.toLowerCase())).state,
});
