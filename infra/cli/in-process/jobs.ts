import { advanceLeadJob } from '../../../functions/advance-lead/job.ts';
import { makeAnswerHandoff } from '../../../functions/answer-handoff/answer-handoff.ts';
import { answerHandoffJob } from '../../../functions/answer-handoff/job.ts';
import { makeManageHandoff } from '../../../functions/answer-handoff/manage-handoff.ts';
import { makeServeHandoffCalls } from '../../../functions/answer-handoff/serve-handoff-calls.ts';
import { makeServeHandoffPages } from '../../../functions/answer-handoff/serve-handoff-pages.ts';
import { makeFollowConsentLink } from '../../../functions/change-consent/follow-consent-link.ts';
import { changeConsentJob } from '../../../functions/change-consent/job.ts';
import { makeServeConsentPage } from '../../../functions/change-consent/serve-consent-page.ts';
import { makeChangeRoster } from '../../../functions/change-roster/change-roster.ts';
import { makeServeRosterCalls } from '../../../functions/change-roster/serve-roster-calls.ts';
import { enrollNurtureJob } from '../../../functions/enroll-nurture/job.ts';
import { notifySalesJob } from '../../../functions/notify-sales/job.ts';
import { openHandoffJob } from '../../../functions/open-handoff/job.ts';
import { recordJourneyJob } from '../../../functions/record-journey/job.ts';
import { scoreLeadJob } from '../../../functions/score-lead/job.ts';
import { sendNurtureMailJob } from '../../../functions/send-nurture-mail/job.ts';
import { watchSlaJob } from '../../../functions/watch-sla/job.ts';
import type { ApiRoutes } from '../../../shared/api/api-call.ts';
import type { EventDefinition } from '../../../shared/events/define-event.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import type { Job, Received } from '../../../shared/job.ts';
import type { PageRequest, PageResponse } from '../../../shared/pages/page-request.ts';
import type { Clock, RejectedLog } from '../../../shared/ports.ts';
import { readEvent } from '../../../shared/read-message.ts';
import type { MemoryWorld } from './world.ts';

/** A worker as Lambda runs it: a batch of messages, and what became of each. Receives, deletes and waits for nothing. */
export type RunBatch = (events: readonly unknown[]) => Promise<readonly PromiseSettledResult<unknown>[]>;

/** The same with one message at a time. Nothing is said of success; it throws if the message is to come again. */
export type RunMessage = (event: unknown) => Promise<void>;

const batchRunner =
  <D extends EventDefinition>(
    name: WorkerName,
    { accepts, groupOf, work }: Job<D>,
    { clock, rejected }: Readonly<{ clock: Clock; rejected: RejectedLog }>,
  ): RunBatch =>
  async (events) => {
    const groups = new Map<string, { i: number; message: Received<D> }[]>();
    const refused: Promise<unknown>[] = [];
    const outcomes: Promise<PromiseSettledResult<unknown>>[] = [];
    for (const [i, event] of events.entries()) {
      const read = readEvent(event, accepts, clock.now());
      if ('message' in read) {
        const group = groupOf(read.message);
        groups.set(group, [...(groups.get(group) ?? []), { i, message: read.message }]);
      } else {
        outcomes[i] = settled(
          rejected.add({ at: clock.now(), by: name, ...read, payload: JSON.stringify(event) }),
        );
        refused.push(outcomes[i]);
      }
    }
    await Promise.all(refused);
    await Promise.all(
      [...groups.values()].map(async (group) => {
        const worked = work(group.map(({ message }) => message));
        for (const [position, { i }] of group.entries())
          outcomes[i] = worked.then((each) => each[position] ?? missing);
        await worked;
      }),
    );
    return Promise.all(outcomes);
  };

const settled = async (promise: Promise<unknown>): Promise<PromiseSettledResult<unknown>> => {
  const [outcome] = await Promise.allSettled([promise]);
  return outcome;
};
const missing: PromiseSettledResult<unknown> = { status: 'rejected', reason: new Error('not handled') };

export const pageNames = ['answer-handoff-page', 'change-consent-page'] as const;
export type PageName = (typeof pageNames)[number];
export type ServePage = (request: PageRequest) => Promise<PageResponse>;

/** Every page of the deployed stack. */
export const inProcessPages = ({
  ports,
}: Pick<MemoryWorld, 'ports'>): Readonly<Record<PageName, ServePage>> => {
  const answering = { ...ports, leads: ports.leadReader, aggregates: ports.sales };
  return {
    'answer-handoff-page': makeServeHandoffPages({
      ...answering,
      answer: makeAnswerHandoff(answering),
      manage: makeManageHandoff(answering),
    }),
    'change-consent-page': makeServeConsentPage(makeFollowConsentLink(ports)),
  };
};

export const apiNames = ['answer-handoff-api', 'change-roster-api'] as const;
export type ApiName = (typeof apiNames)[number];

/** Every API of the deployed stack, behind its authorizer. */
export const inProcessApis = ({
  ports,
}: Pick<MemoryWorld, 'ports'>): Readonly<Record<ApiName, ApiRoutes>> => {
  const answering = { ...ports, aggregates: ports.sales };
  return {
    'answer-handoff-api': makeServeHandoffCalls({
      ...answering,
      answer: makeAnswerHandoff(answering),
      manage: makeManageHandoff(answering),
    }),
    'change-roster-api': makeServeRosterCalls({
      change: makeChangeRoster({ ...ports, rosters: ports.sales }),
      rosters: ports.sales,
    }),
  };
};

/** What the functions get of the world. */
export type Ports = MemoryWorld['ports'];

const readingOf = (ports: Ports) => ({ ...ports, leads: ports.leadReader, hash: ports.keyedHash });
const salesOf = (ports: Ports) => ({ ...readingOf(ports), aggregates: ports.sales });

/** Every worker of the deployed stack, each around the ports given. */
export const workers: Readonly<Record<WorkerName, (ports: Ports) => RunBatch>> = {
  'score-lead': (ports) => batchRunner('score-lead', scoreLeadJob(ports), ports),
  'open-handoff': (ports) =>
    batchRunner('open-handoff', openHandoffJob({ ...salesOf(ports), leads: ports.leadEvidence }), ports),
  'watch-sla': (ports) => batchRunner('watch-sla', watchSlaJob(salesOf(ports)), ports),
  'answer-handoff': (ports) => {
    const answering = { ...ports, answer: makeAnswerHandoff(salesOf(ports)), name: 'answer-handoff' };
    return batchRunner('answer-handoff', answerHandoffJob(answering), ports);
  },
  'advance-lead': (ports) =>
    batchRunner('advance-lead', advanceLeadJob({ ...ports, handoffs: ports.sales }), ports),
  'notify-sales': (ports) => {
    const job = notifySalesJob({
      ...readingOf(ports),
      leads: ports.leadEvidence,
      handoffs: ports.sales,
      roster: ports.sales,
    });
    return batchRunner('notify-sales', job, ports);
  },
  'enroll-nurture': (ports) => batchRunner('enroll-nurture', enrollNurtureJob(readingOf(ports)), ports),
  'send-nurture-mail': (ports) =>
    batchRunner('send-nurture-mail', sendNurtureMailJob(readingOf(ports)), ports),
  'change-consent': (ports) => batchRunner('change-consent', changeConsentJob(readingOf(ports)), ports),
  'record-journey': (ports) => batchRunner('record-journey', recordJourneyJob(ports), ports),
};

/** All of them, with one message at a time. */
export const inProcessWorkers = ({
  ports,
}: Pick<MemoryWorld, 'ports'>): Readonly<Record<WorkerName, RunMessage>> => {
  const one = (name: WorkerName): RunMessage => {
    const run = workers[name](ports);
    return async (event) => {
      const [outcome] = await run([event]);
      if (outcome?.status === 'rejected') throw outcome.reason;
    };
  };
  return {
    'score-lead': one('score-lead'),
    'open-handoff': one('open-handoff'),
    'watch-sla': one('watch-sla'),
    'answer-handoff': one('answer-handoff'),
    'advance-lead': one('advance-lead'),
    'notify-sales': one('notify-sales'),
    'enroll-nurture': one('enroll-nurture'),
    'send-nurture-mail': one('send-nurture-mail'),
    'change-consent': one('change-consent'),
    'record-journey': one('record-journey'),
  };
};
