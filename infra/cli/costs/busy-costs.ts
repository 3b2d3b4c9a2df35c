import type { CostLine } from './cost-line.ts';
import type { CountedRun, WorkerCount } from './counted-run.ts';
import { prices } from './prices.ts';

/** What is assumed of what AWS does with the counted operations, for the report. */
export const busyAssumptions: readonly string[] = [
  'Queues hand out and delete ten messages at a time, whose lines leave for the raw log together; each engagement is alone in its batch with its lead.',
  'A batch of ten takes 100 ms with 512 MB, and writes 0.5 KB of log.',
  'What is stored is not counted, nor what comes due later: deadlines, and steps of campaigns with their mails ($0.10 for 1,000).',
];

const perBatch = 10;
const batchGbSeconds = 0.5 * 0.1;
const batchLogBytes = 500;

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** What `events` engagements cost, up to their scores: bus, queue, score, raw log. */
export const scoringCosts = ({ engagements, scoring }: CountedRun, events: number): readonly CostLine[] => {
  const { units, firehoseBytes } = scoring;
  const each = events / engagements;
  const line = (what: string, count: number, unit: string, price: number): CostLine => ({
    what,
    amount: `${(count / engagements).toFixed(2)} ${unit}`,
    dollars: count * each * price,
  });
  return [
    line('bus', engagements, 'events', prices.busEvent),
    line('queue', requestsOf(scoring), 'requests', prices.queueRequest),
    line('lead', total(units.writes), 'write units', prices.writeUnit),
    line('index of due leads', units.indexWrites, 'write units', prices.writeUnit),
    line('reads', total(units.reads), 'read units', prices.readUnit),
    line('raw log', firehoseBytes / 1e3, 'KB', prices.firehoseGb / 1e6),
    ...runningCosts(scoring, engagements, each),
  ];
};

/** What follows from them at once: facts on the bus, handoffs, campaigns entered, journeys, notices. */
export const followingCosts = (run: CountedRun, events: number): readonly CostLine[] => {
  const { engagements, facts, following } = run;
  const each = events / engagements;
  const line = (what: string, count: number, unit: string, price: number): CostLine => ({
    what,
    amount: `${(count / engagements).toFixed(2)} ${unit}`,
    dollars: count * each * price,
  });
  const workers = [...following.values()];
  const messages = workers.reduce((sum, worker) => sum + worker.messages, 0);
  const writes = workers.reduce((sum, { units }) => sum + total(units.writes) + units.indexWrites, 0);
  const reads = workers.reduce((sum, { units }) => sum + total(units.reads), 0);
  return [
    line('facts on the bus', facts, 'events', prices.busEvent),
    line(
      'queues',
      workers.reduce((sum, worker) => sum + requestsOf(worker), 0),
      'requests',
      prices.queueRequest,
    ),
    line('writes', writes, 'write units', prices.writeUnit),
    line('reads', reads, 'read units', prices.readUnit),
    ...runningCosts({ messages }, engagements, each),
    line('mails to sales', run.mails, 'mails', prices.mail),
  ];
};

/** In, and a tenth each of a receive and a delete. */
const requestsOf = ({ messages }: Pick<WorkerCount, 'messages'>): number => messages * (1 + 2 / perBatch);

const runningCosts = (
  { messages }: Pick<WorkerCount, 'messages'>,
  engagements: number,
  each: number,
): readonly CostLine[] => {
  const batches = messages / perBatch;
  const perEvent = (batches / engagements).toFixed(2);
  return [
    {
      what: 'functions',
      amount: `${perEvent} runs`,
      dollars: batches * each * (prices.lambdaRequest + batchGbSeconds * prices.lambdaGbSecond),
    },
    {
      what: 'their logs',
      amount: `${perEvent} runs`,
      dollars: ((batches * each * batchLogBytes) / 1e9) * prices.logGb,
    },
  ];
};
