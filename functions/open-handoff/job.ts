import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { makeOpenHandoff } from './open-handoff.ts';
import type { OpenHandoffDeps } from './scene.ts';

/** LeadStageChanged, LeadAskedToTalk -> HandoffOpened, HandoffReplanned, HandoffWithdrawn, RepAlerted. */
export const openHandoffJob = (deps: OpenHandoffDeps) => {
  const openHandoff = makeOpenHandoff(deps);
  return defineJob(subscriptions['open-handoff'], {
    groupOf: ({ detail }) => detail.leadId,
    work: oneByOne(({ type, detail }) =>
      type === 'LeadStageChanged' ? openHandoff.stageChanged(detail) : openHandoff.askedToTalk(detail),
    ),
  });
};
