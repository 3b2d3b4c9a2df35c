import { decideVerdicts } from '../../shared/domain/decide-verdicts.ts';
import { engagementRef } from '../../shared/domain/engagement-ref.ts';
import { wholeSpan } from '../../shared/domain/timeline.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { type EngagementJudged, engagementJudged } from '../../shared/events/commands.ts';
import { type ChangeLeadDeps, type LeadOutcome, makeChangeLead } from '../../shared/leads/change-lead.ts';
import { makeResolveLead } from '../../shared/leads/resolve-lead.ts';
import type { KeyedHash, RejectedLog } from '../../shared/ports.ts';

export type JudgeEngagementDeps = ChangeLeadDeps & Readonly<{ keyedHash: KeyedHash; rejected: RejectedLog }>;

/** Somebody says whether an engagement counts. What the lead cannot keep goes to the log of what was rejected. */
export const makeJudgeEngagement = (deps: JudgeEngagementDeps) => {
  const changeLead = makeChangeLead(deps);
  const resolveLead = makeResolveLead(deps);
  return async (event: EngagementJudged): Promise<LeadOutcome | 'refused'> => {
    const leadId = event.lead === undefined ? (event.leadId ?? '') : await resolveLead(event.lead);
    let isRefused = false;
    const outcome = await changeLead(leadId, async (atHand) => {
      const timeline = await deps.leads.timeline(atHand.leadId, atHand.loaded, wholeSpan);
      return (lead, context) => {
        const decision = decideVerdicts(lead, timeline, [verdictOf(event)], context);
        isRefused = decision.refused.length > 0;
        return decision;
      };
    });
    if (!isRefused) return outcome;
    await deps.rejected.add({
      at: deps.clock.now(),
      by: 'advance-lead',
      code: 'too-many-verdicts',
      reasons: ['engagementId'],
      payload: JSON.stringify({ 'detail-type': engagementJudged.type, detail: event }),
    });
    return 'refused';
  };
};

const verdictOf = ({ id, engagementId, verdict, sequence, by, reason, at }: EngagementJudged): Verdict => ({
  id,
  engagementId: engagementRef(engagementId),
  verdict,
  sequence,
  by,
  reason,
  ...(at === undefined ? {} : { at }),
});
