import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { makeSendNurtureMail, type SendNurtureMailDeps } from './send-nurture-mail.ts';

/** Due enrolments -> at most one mail each, NurtureMailSent, NurtureMailSkipped, NurtureExited. */
export const sendNurtureMailJob = (deps: SendNurtureMailDeps) => {
  const sendNurtureMail = makeSendNurtureMail(deps);
  return defineJob(subscriptions['send-nurture-mail'], {
    groupOf: ({ detail }) => detail.id,
    work: oneByOne(({ detail }) => sendNurtureMail(detail.id)),
  });
};
