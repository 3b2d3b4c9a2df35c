import { factOf } from '../../shared/events/read-fact.ts';
import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne, type Received } from '../../shared/job.ts';
import { makeNotifySales, type NotifySalesDeps } from './notify-sales.ts';
import { makeTellDigest } from './tell-digest.ts';

const accepts = subscriptions['notify-sales'];

/** Facts for people in sales, and due digests -> mails, alerts, metrics. */
export const notifySalesJob = (deps: NotifySalesDeps) => {
  const notifySales = makeNotifySales(deps);
  const tellDigest = makeTellDigest(deps);
  return defineJob(accepts, {
    groupOf,
    work: oneByOne((message) =>
      message.type === 'Due' ? tellDigest(message.detail.id) : notifySales(factOf(message)),
    ),
  });
};

/** Breaches that go into a manager's digest meet in one item: one after the other they do not get in each other's way. */
const groupOf = (message: Received<(typeof accepts)[number]>): string => {
  switch (message.type) {
    case 'Due':
      return message.detail.id;
    case 'HandoffBreached':
      return message.detail.priority === 'hot' ? message.detail.leadId : message.detail.manager;
    default:
      return message.detail.leadId;
  }
};
