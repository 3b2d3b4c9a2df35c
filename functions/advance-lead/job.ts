import { strongestName } from '../../shared/domain/identity.ts';
import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { type AdvanceLeadDeps, makeAdvanceLead } from './advance-lead.ts';

/** Facts about handoffs, DealChanged, ActivateLead, Due (lead) -> LeadStageChanged. */
export const advanceLeadJob = (deps: AdvanceLeadDeps) => {
  const advanceLead = makeAdvanceLead(deps);
  return defineJob(subscriptions['advance-lead'], {
    groupOf: ({ type, detail }) => {
      if (type === 'DealChanged') return strongestName(detail.lead);
      return type === 'Due' ? detail.id : detail.leadId;
    },
    work: oneByOne(({ type, detail, receivedAt }) => {
      if (type === 'DealChanged') return advanceLead.deal(detail, receivedAt);
      if (type === 'ActivateLead') return advanceLead.activate(detail);
      return type === 'Due' ? advanceLead.due(detail) : advanceLead.handoff(detail);
    }),
  });
};
