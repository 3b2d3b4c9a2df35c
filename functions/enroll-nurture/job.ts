import { factOf } from '../../shared/events/read-fact.ts';
import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { type EnrollNurtureDeps, makeEnrollNurture } from './enroll-nurture.ts';

/** Facts that start or end campaigns -> NurtureEnrolled, NurtureExited. */
export const enrollNurtureJob = (deps: EnrollNurtureDeps) => {
  const enrollNurture = makeEnrollNurture(deps);
  return defineJob(subscriptions['enroll-nurture'], {
    groupOf: ({ detail }) => detail.leadId,
    work: oneByOne((message) => enrollNurture(factOf(message))),
  });
};
