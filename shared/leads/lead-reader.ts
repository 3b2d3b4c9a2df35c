import { outlineLead, viewLead } from '../domain/view-lead.ts';
import type {
  AccountReader,
  LeadEvidenceReader,
  LeadReader,
  LeadRecords,
  LeadStore,
  PolicySource,
} from '../ports.ts';
import { makeFollowMerges } from './follow-merges.ts';
import { loadWholeLead, type WholeLeadDeps } from './load-whole-lead.ts';
import { policyOfLead } from './policy-of-lead.ts';

type Policies = Readonly<{ policies: Pick<PolicySource, 'published'> }>;
type Deps = Readonly<{ leads: Pick<LeadStore, 'load'>; records: Pick<LeadRecords, 'load'> }> & Policies;

export const leadReader = ({ leads, records, policies }: Deps): LeadReader => {
  const follow = makeFollowMerges(leads);
  return {
    async view(named, inForce, now) {
      const { leadId, loaded } = await follow(named);
      const lead = loaded.state;
      if (lead === undefined) return undefined;
      const { state: profile = {} } = await records.load('profile', leadId);
      const { policy } = await policyOfLead(policies, lead, inForce);
      return outlineLead(leadId, { lead, profile }, policy, now);
    },
  };
};

export const leadEvidenceReader = ({ policies, ...deps }: WholeLeadDeps & Policies): LeadEvidenceReader => {
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
