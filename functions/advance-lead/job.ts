import { strongestName } from '../../shared/domain/identity.ts';
import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { type AdvanceLeadDeps, makeAdvanceLead } from './advance-lead.ts';
import { makeApplyPolicy } from './apply-policy.ts';
import { type JudgeEngagementDeps, makeJudgeEngagement } from './judge-engagement.ts';
import { type MoveByHandDeps, makeMoveByHand } from './move-by-hand.ts';

/**
 * Facts about handoffs, DealChanged, Due (lead), and what people say of a lead: ActivateLead, EngagementJudged,
 * PromoteLead, DemoteLead, ApplyPolicy -> LeadStageChanged, LeadAskedToTalk, LeadEngaged.
 */
export const advanceLeadJob = (deps: AdvanceLeadDeps & JudgeEngagementDeps & MoveByHandDeps) => {
  const advanceLead = makeAdvanceLead(deps);
  const judgeEngagement = makeJudgeEngagement(deps);
  const moveByHand = makeMoveByHand(deps);
  const applyPolicy = makeApplyPolicy(deps);
  return defineJob(subscriptions['advance-lead'], {
    groupOf: ({ type, detail }) => {
      if (type === 'DealChanged') return strongestName(detail.lead);
      if (type === 'EngagementJudged')
        return detail.lead === undefined ? (detail.leadId ?? '') : strongestName(detail.lead);
      return type === 'Due' ? detail.id : detail.leadId;
    },
    work: oneByOne(({ type, detail, receivedAt }) => {
      if (type === 'DealChanged') return advanceLead.deal(detail, receivedAt);
      if (type === 'ActivateLead') return advanceLead.activate(detail);
      if (type === 'EngagementJudged') return judgeEngagement(detail);
      if (type === 'PromoteLead') return moveByHand('promote', detail);
      if (type === 'DemoteLead') return moveByHand('demote', detail);
      if (type === 'ApplyPolicy') return applyPolicy(detail);
      return type === 'Due' ? advanceLead.due(detail) : advanceLead.handoff(detail);
    }),
  });
};
