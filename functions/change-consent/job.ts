import { factOf } from '../../shared/events/read-fact.ts';
import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { type ChangeConsentDeps, makeChangeConsent } from './change-consent.ts';

/** ConsentStated -> ConsentChanged. */
export const changeConsentJob = (deps: ChangeConsentDeps) => {
  const changeConsent = makeChangeConsent(deps);
  return defineJob(subscriptions['change-consent'], {
    groupOf: ({ detail }) => detail.leadId,
    work: oneByOne((message) => changeConsent(factOf(message))),
  });
};
