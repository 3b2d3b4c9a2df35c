import { factOf } from '../../shared/events/read-fact.ts';
import { subscriptions } from '../../shared/events/subscriptions.ts';
import { defineJob, oneByOne } from '../../shared/job.ts';
import { makeRecordJourney, type RecordJourneyDeps } from './record-journey.ts';

/** All facts -> the journeys of their leads and handoffs. */
export const recordJourneyJob = (deps: RecordJourneyDeps) => {
  const recordJourney = makeRecordJourney(deps);
  return defineJob(subscriptions['record-journey'], {
    groupOf: ({ detail }) => detail.leadId,
    work: oneByOne((message) => recordJourney(factOf(message))),
  });
};
