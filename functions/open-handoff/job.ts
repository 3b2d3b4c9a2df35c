import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { makeOpenHandoff } from './open-handoff.ts';
import type { OpenHandoffDeps } from './scene.ts';

/**
 * LeadStageChanged, LeadAskedToTalk, LeadPriorityChanged, LeadMerged -> HandoffOpened, HandoffReplanned, HandoffWithdrawn,
 * HandoffMoved, RepAlerted.
 */
export const openHandoffJob = (deps: OpenHandoffDeps) => {
  const openHandoff = makeOpenHandoff(deps);
  return defineJob(subscriptions['open-handoff'], {
    groupOf: ({ detail }) => detail.leadId,
    work: oneByOne(({ type, detail }): Promise<unknown> => {
      if (type === 'LeadMerged') return openHandoff.merged(detail);
      if (type === 'LeadPriorityChanged') return openHandoff.priorityChanged(detail);
      return type === 'LeadStageChanged' ? openHandoff.stageChanged(detail) : openHandoff.askedToTalk(detail);
    }),
  });
};
