import { decideAndCommit } from '../../shared/commit.ts';
import type { OpenHandoffDecision, OpenHandoffOutcome } from './follow-stage.ts';
import { followStage, type LeadStageChanged } from './follow-stage.ts';
import { hearAsk, type LeadAskedToTalk } from './hear-ask.ts';
import type { OpenHandoffDeps } from './scene.ts';

export type { OpenHandoffDeps } from './scene.ts';

/**
 * Gives every MQL its handoff, and takes back what is no longer wanted. Both facts of one cause name the same handoff,
 * so whichever comes first opens it.
 */
export const makeOpenHandoff = (deps: OpenHandoffDeps) => ({
  stageChanged: (fact: LeadStageChanged) => settle(deps, () => followStage(deps, fact)),
  askedToTalk: (fact: LeadAskedToTalk) => settle(deps, () => hearAsk(deps, fact)),
});

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
