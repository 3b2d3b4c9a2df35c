import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { makeTakeAnswer, type TakeAnswerDeps } from './take-answer.ts';

/** HandoffAnswered -> HandoffAccepted, HandoffRejected, HandoffReassigned, HandoffContacted, HandoffPaused, HandoffQualified. */
export const answerHandoffJob = (deps: TakeAnswerDeps) => {
  const takeAnswer = makeTakeAnswer(deps);
  return defineJob(subscriptions['answer-handoff'], {
    groupOf: ({ detail }) => detail.handoffId,
    work: oneByOne(({ detail }) => takeAnswer(detail)),
  });
};
