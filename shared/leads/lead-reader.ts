import { viewLead } from '../domain/view-lead.ts';
import type { AccountReader, LeadReader, LeadRecords, PolicySource } from '../ports.ts';
import { loadWholeLead, type WholeLeadDeps } from './load-whole-lead.ts';
import { policyOfLead } from './policy-of-lead.ts';

type Deps = WholeLeadDeps & Readonly<{ policies: Pick<PolicySource, 'published'> }>;

export const leadReader = ({ policies, ...deps }: Deps): LeadReader => {
  const load = loadWholeLead(deps);
  return {
    async view(leadId, inForce, now) {
      const whole = await load(leadId);
      if (whole === undefined) return undefined;
      const { policy } = await policyOfLead(policies, whole.lead, inForce);
      return viewLead(whole.leadId, whole, policy, now);
    },
  };
};

export const accountReader = ({
  records,
}: Readonly<{ records: Pick<LeadRecords, 'load'> }>): AccountReader => ({
  account: async (domain) => (await records.load('account', domain.toLowerCase())).state,
});
