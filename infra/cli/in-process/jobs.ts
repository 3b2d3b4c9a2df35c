import { advanceLeadJob } from '../../../functions/advance-lead/job.ts';
import { makeAnswerHandoff } from '../../../functions/answer-handoff/answer-handoff.ts';
import { answerHandoffJob } from '../../../functions/answer-handoff/job.ts';
import { makeServeAnswerPage } from '../../../functions/answer-handoff/serve-answer-page.ts';
import { makeFollowConsentLink } from '../../../functions/change-consent/follow-consent-link.ts';
import { changeConsentJob } from '../../../functions/change-consent/job.ts';
import { makeServeConsentPage } from '../../../functions/change-consent/serve-consent-page.ts';
import { enrollNurtureJob } from '../../../functions/enroll-nurture/job.ts';
import { notifySalesJob } from '../../../functions/notify-sales/job.ts';
import { openHandoffJob } from '../../../functions/open-handoff/job.ts';
import { recordJourneyJob } from '../../../functions/record-journey/job.ts';
import { scoreLeadJob } from '../../../functions/score-lead/job.ts';
import { sendNurtureMailJob } from '../../../functions/send-nurture-mail/job.ts';
import { watchSlaJob } from '../../../functions/watch-sla/job.ts';
import type { EventDefinition } from '../../../shared/events/define-event.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import type { Job } from '../../../shared/job.ts';
import type { PageRequest, PageResponse } from '../../../shared/pages/page-request.ts';
import type { Clock, RejectedLog } from '../../../shared/ports.ts';
import { readEvent } from '../../../shared/read-message.ts';
import type { MemoryWorld } from './world.ts';

/** What one message became of: nothing is said of success. */
export type RunMessage = (event: unknown) => Promise<void>;

/** A worker as Lambda runs it, with one message at a time. It throws if the message is to come again. */
const runner =
  <D extends EventDefinition>(
    name: string,
    { accepts, work }: Job<D>,
    { clock, rejected }: Readonly<{ clock: Clock; rejected: RejectedLog }>,
  ): RunMessage =>
  async (event) => {
    const read = readEvent(event, accepts, clock.now());
    if (!('message' in read))
      return rejected.add({ at: clock.now(), by: name, ...read, payload: JSON.stringify(event) });
    const [outcome] = await work([read.message]);
    if (outcome?.status === 'rejected') throw outcome.reason;
  };

export type PageName = 'answer-handoff-page' | 'change-consent-page';
export type ServePage = (request: PageRequest) => Promise<PageResponse>;

/** Every page of the deployed stack. */
export const inProcessPages = ({
  ports,
}: Pick<MemoryWorld, 'ports'>): Readonly<Record<PageName, ServePage>> => {
  const answering = { ...ports, leads: ports.leadReader, aggregates: ports.sales };
  return {
    'answer-handoff-page': makeServeAnswerPage({ ...answering, answer: makeAnswerHandoff(answering) }),
    'change-consent-page': makeServeConsentPage(makeFollowConsentLink(ports)),
  };
};

/** Every worker of the deployed stack, around the ports given. */
export const inProcessWorkers = ({
  ports,
}: Pick<MemoryWorld, 'ports'>): Readonly<Record<WorkerName, RunMessage>> => {
  const { leadReader, sales, ...rest } = ports;
  const reading = { ...rest, leads: leadReader, hash: ports.keyedHash };
  const ofSales = { ...reading, aggregates: sales };
  const answering = { ...ports, answer: makeAnswerHandoff(ofSales), name: 'answer-handoff' };
  return {
    'score-lead': runner('score-lead', scoreLeadJob(ports), ports),
    'open-handoff': runner('open-handoff', openHandoffJob(ofSales), ports),
    'watch-sla': runner('watch-sla', watchSlaJob(ofSales), ports),
    'answer-handoff': runner('answer-handoff', answerHandoffJob(answering), ports),
    'advance-lead': runner('advance-lead', advanceLeadJob({ ...ports, handoffs: sales }), ports),
    'notify-sales': runner(
      'notify-sales',
      notifySalesJob({ ...reading, handoffs: sales, roster: sales }),
      ports,
    ),
    'enroll-nurture': runner('enroll-nurture', enrollNurtureJob(reading), ports),
    'send-nurture-mail': runner('send-nurture-mail', sendNurtureMailJob({ ...reading, sales }), ports),
    'change-consent': runner('change-consent', changeConsentJob(reading), ports),
    'record-journey': runner('record-journey', recordJourneyJob(ports), ports),
  };
};
