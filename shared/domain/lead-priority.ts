import type { Cause, Fact } from '../events/facts.ts';
import { assess } from './assessment.ts';
import type { Decision } from './decision.ts';
import type { Lead } from './lead.ts';
import type { LeadContext } from './move-lead.ts';
import type { TimelineEntry } from './timeline.ts';
import { isUrgent, opensHot } from './urgency.ts';

/** What becomes of a lead, and what that has to do with its priority. */
export type LeadDecision = Decision<Lead> &
  Readonly<{
    /** What is to be added to its timeline, in order: none of it is there. Absent: nothing. */
    entries?: readonly TimelineEntry[];
    /** What came in. Absent: nothing but time, or a policy that judges otherwise. */
    cause?: Cause | undefined;
    /** It happened before Baton was there: sales hears of it with whatever happens next. */
    isPast?: true;
  }>;

/** Sales has it, and is told when it becomes hot or is hot no longer: its handoff is open, or about to be, or was accepted. */
export const isFollowed = ({ stage, handoff, unconfirmed, mergedInto }: Lead): boolean => {
  if (mergedInto !== undefined) return false;
  if (stage === 'mql') return unconfirmed !== undefined || handoff?.open === true;
  return stage === 'sal' || stage === 'sql';
};

/**
 * Adds to what was decided whether the lead is hot now, if sales was told otherwise before; said with the fact that it is
 * an MQL, it is not said again. Only what is saved anyway is looked at: time alone tells nobody anything.
 */
export const tellPriority = (decision: LeadDecision, context: LeadContext): Decision<Lead> => {
  const { state, facts, cause, isPast } = decision;
  const { policy } = context.policy;
  const becameMql = state.stage === 'mql' ? facts.findLast(isMoveToMql) : undefined;
  if (becameMql !== undefined) {
    const { hot, asked = state.ask } = becameMql;
    return { state: withHot(state, opensHot({ hot, asked }, policy) ? context.now : undefined), facts };
  }
  if (!isFollowed(state)) return { state: withHot(state, undefined), facts };
  const wasHot = state.hot !== undefined;
  const assessment = assess(state, context.profile, policy, context.now);
  const ask = facts.findLast((fact) => fact.type === 'LeadAskedToTalk');
  if (isPast || isUrgent(state, assessment, policy) === wasHot) return { state, facts };
  const fact: Fact = {
    type: 'LeadPriorityChanged',
    leadId: context.leadId,
    at: context.now,
    from: wasHot ? 'hot' : 'normal',
    to: wasHot ? 'normal' : 'hot',
    stage: state.stage,
    score: assessment.score,
    ...(ask === undefined
      ? { cause: cause ?? { type: 'due', id: `priority-${context.now}` } }
      : { cause: { type: 'engagement', id: ask.engagementId }, asks: true }),
  };
  return { state: withHot(state, wasHot ? undefined : context.now), facts: [...facts, fact] };
};

type MoveToMql = Fact & { type: 'LeadStageChanged'; to: 'mql' };
const isMoveToMql = (fact: Fact): fact is MoveToMql => fact.type === 'LeadStageChanged' && fact.to === 'mql';

const withHot = (lead: Lead, since: Lead['hot']): Lead => {
  if (lead.hot === since) return lead;
  const { hot: _, ...kept } = lead;
  return since === undefined ? kept : { ...kept, hot: since };
};
