import { decideAndCommit } from '../../shared/commit.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import type { EventOf } from '../../shared/events/define-event.ts';
import type { leadMerged } from '../../shared/events/facts.ts';
import { followPriority, type LeadPriorityChanged } from './follow-priority.ts';
import type { OpenHandoffDecision, OpenHandoffOutcome } from './follow-stage.ts';
import { followStage, type LeadStageChanged, unchanged } from './follow-stage.ts';
import { hearAsk, type LeadAskedToTalk } from './hear-ask.ts';
import { moveHandoffs } from './move-handoffs.ts';
import { isWithSales, takeBack } from './offer.ts';
import { loadScene, type OpenHandoffDeps } from './scene.ts';

export type { OpenHandoffDeps } from './scene.ts';

type LeadMerged = EventOf<typeof leadMerged>;

/**
 * Gives every MQL its handoff, and takes back what is no longer wanted. Both facts of one cause name the same handoff,
 * so whichever comes first opens it.
 */
export const makeOpenHandoff = (deps: OpenHandoffDeps) => ({
  stageChanged: (fact: LeadStageChanged) => settle(deps, () => followStage(deps, fact)),
  askedToTalk: (fact: LeadAskedToTalk) => settle(deps, () => hearAsk(deps, fact)),
  priorityChanged: (fact: LeadPriorityChanged) => settle(deps, () => followPriority(deps, fact)),
  /** The handoff of a lead that was merged goes on with the other one. */
  async merged({ leadId }: Pick<LeadMerged, 'leadId'>): Promise<'moved' | 'unchanged'> {
    const lead = await deps.leads.view(leadId, await deps.policy.current(), deps.clock.now());
    if (lead?.absorbed === undefined) return 'unchanged';
    const hasMoved = await moveHandoffs(deps, lead.leadId, lead.absorbed);
    await settle(deps, () => endIfGone(deps, lead.leadId));
    return hasMoved ? 'moved' : 'unchanged';
  },
});

/** The further stage of both may be one in which a handoff has no purpose any more. */
const endIfGone = async (deps: OpenHandoffDeps, leadId: string): Promise<OpenHandoffDecision> => {
  const scene = await loadScene(deps, leadId, handoffIdOf(leadId, 'merged'));
  if (scene === undefined || isWithSales(scene.lead)) return unchanged;
  const changes = await takeBack(deps, scene, scene.lead.stage);
  return changes.length === 0 ? unchanged : { changes, result: 'withdrawn' };
};

/**
 * After opening it looks again: the lead may have moved on just before the handoff was there to be taken back. What it
 * did first is what it tells.
 */
const settle = async (
  { aggregates }: OpenHandoffDeps,
  decide: () => Promise<OpenHandoffDecision>,
): Promise<OpenHandoffOutcome> => {
  const outcome = await decideAndCommit(aggregates, decide);
  if (outcome !== 'opened') return outcome;
  return (await decideAndCommit(aggregates, decide)) === 'withdrawn' ? 'withdrawn' : outcome;
};
