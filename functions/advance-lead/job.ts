import { strongestName } from '../../shared/domain/identity.ts';
import type { Due } from '../../shared/events/due.ts';
import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { type AdvanceLeadDeps, makeAdvanceLead } from './advance-lead.ts';
import { makeApplyPolicy } from './apply-policy.ts';
import { type CompleteMergeDeps, makeCompleteMerge } from './complete-merge.ts';
import { type JudgeEngagementDeps, makeJudgeEngagement } from './judge-engagement.ts';
import { type MergeLeadsDeps, makeMergeLeads } from './merge-leads.ts';
import { type MoveByHandDeps, makeMoveByHand } from './move-by-hand.ts';

/**
 * Facts about handoffs, DealChanged, Due (lead), and what people say of a lead: ActivateLead, EngagementJudged,
 * PromoteLead, DemoteLead, ApplyPolicy, MergeLeads -> LeadStageChanged, LeadAskedToTalk, LeadEngaged, LeadMerged.
 */
export const advanceLeadJob = (
  deps: AdvanceLeadDeps & JudgeEngagementDeps & MoveByHandDeps & MergeLeadsDeps & CompleteMergeDeps,
) => {
  const advanceLead = makeAdvanceLead(deps);
  const judgeEngagement = makeJudgeEngagement(deps);
  const moveByHand = makeMoveByHand(deps);
  const applyPolicy = makeApplyPolicy(deps);
  const mergeLeads = makeMergeLeads(deps);
  const completeMerge = makeCompleteMerge(deps);
  const due = async (detail: Due) => {
    const outcome = await advanceLead.due(detail);
    return outcome === 'merged' ? completeMerge(detail.id) : outcome;
  };
  return defineJob(subscriptions['advance-lead'], {
    groupOf: ({ type, detail }) => {
      if (type === 'DealChanged') return strongestName(detail.lead);
      if (type === 'EngagementJudged')
        return detail.lead === undefined ? (detail.leadId ?? '') : strongestName(detail.lead);
      if (type === 'MergeLeads') return detail.leadIds[0];
      return type === 'Due' ? detail.id : detail.leadId;
    },
    work: oneByOne(({ type, detail, receivedAt }) => {
      if (type === 'DealChanged') return advanceLead.deal(detail, receivedAt);
      if (type === 'ActivateLead') return advanceLead.activate(detail);
      if (type === 'EngagementJudged') return judgeEngagement(detail);
      if (type === 'PromoteLead') return moveByHand('promote', detail);
      if (type === 'DemoteLead') return moveByHand('demote', detail);
      if (type === 'ApplyPolicy') return applyPolicy(detail);
      if (type === 'MergeLeads') return mergeLeads(detail);
      return type === 'Due' ? due(detail) : advanceLead.handoff(detail);
    }),
  });
};
