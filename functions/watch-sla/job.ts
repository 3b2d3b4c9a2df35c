import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { makeWatchSla, type WatchSlaDeps } from './watch-sla.ts';

/** Due -> HandoffReminded, HandoffBreached, HandoffReassigned, HandoffEscalated, HandoffPulledBack. */
export const watchSlaJob = (deps: WatchSlaDeps) => {
  const watchSla = makeWatchSla(deps);
  return defineJob(subscriptions['watch-sla'], {
    groupOf: ({ detail }) => detail.id,
    work: oneByOne(({ detail }) => watchSla(detail)),
  });
};
