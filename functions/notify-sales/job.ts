import { factOf } from '../../shared/events/read-fact.ts';
import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { makeNotifySales, type NotifySalesDeps } from './notify-sales.ts';
import { makeTellDigest } from './tell-digest.ts';

/** Facts for people in sales, and due digests -> mails, alerts, metrics. */
export const notifySalesJob = (deps: NotifySalesDeps) => {
  const notifySales = makeNotifySales(deps);
  const tellDigest = makeTellDigest(deps);
  return defineJob(subscriptions['notify-sales'], {
    groupOf: (message) => (message.type === 'Due' ? message.detail.id : message.detail.leadId),
    work: oneByOne((message) =>
      message.type === 'Due' ? tellDigest(message.detail.id) : notifySales(factOf(message)),
    ),
  });
};
