import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDueIndex } from '../../../shared/adapters/dynamo-due-index.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { type CostLine, grouped } from './cost-line.ts';
import { countingDynamo, noUnits } from './counting-dynamo.ts';
import { minutesAMonth, prices } from './prices.ts';
import type { Template } from './synthesized-template.ts';

/** What is assumed where a template says nothing, for the report. */
export const idleAssumptions: readonly string[] = [
  'Lambda polls each queue with five long polls of 20 seconds, also where nothing comes.',
  'A run of a timer takes 100 ms with 512 MB and writes 1.5 KB of log.',
  'The key is in its first year: each of its first two yearly rotations adds $1 a month.',
  'Tables, streams, Firehose, bus and API cost nothing until something comes; what is stored is not counted.',
];

const pollers = 5;
const pollSeconds = 20;
const runGbSeconds = 0.5 * 0.1;
const runLogBytes = 1500;

/** Tables with due items: all are asked by the tick, the first two by reconcile, too. */
const dueTables = ['leads', 'handoffs', 'nurture', 'notices'];

export type IdleInput = Readonly<{
  template: Template;
  /** Names of the metrics that timers write although nothing happens. */
  metrics: readonly string[];
  now: Instant;
}>;

/** What an environment costs in a month in which nothing comes: all that its template makes AWS do. */
export const idleCosts = async ({ template, metrics, now }: IdleInput): Promise<readonly CostLine[]> => {
  const resources = Object.values(template.Resources);
  const count = (type: string) => resources.filter(({ Type }) => Type === type).length;
  const [alarms, keys, secrets] = [
    count('AWS::CloudWatch::Alarm'),
    count('AWS::KMS::Key'),
    count('AWS::SecretsManager::Secret'),
  ];
  const queues = resources.filter(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::EventSourceMapping' && !isStream(Properties.EventSourceArn),
  ).length;
  const polls = queues * pollers * (60 / pollSeconds) * minutesAMonth;
  const everyMinutes = resources.flatMap(({ Type, Properties }) =>
    Type === 'AWS::Events::Rule' ? minutesBetween(Properties.ScheduleExpression) : [],
  );
  const runs = everyMinutes.reduce((sum, minutes) => sum + minutesAMonth / minutes, 0);
  const reads =
    (minutesAMonth / Math.min(...everyMinutes)) * (await readsOf(dueTables, now)) +
    (minutesAMonth / Math.max(...everyMinutes)) * (await readsOf(dueTables.slice(0, 2), now));
  return [
    { what: 'alarms', amount: `${alarms}`, dollars: alarms * prices.alarmMonth },
    {
      what: 'polling of queues',
      amount: `${queues} queues, ${grouped(polls)} requests`,
      dollars: polls * prices.queueRequest,
    },
    { what: 'secrets', amount: `${secrets}`, dollars: secrets * prices.secretMonth },
    { what: 'keys of our own', amount: `${keys}`, dollars: keys * prices.keyMonth },
    {
      what: 'metrics',
      amount: `${metrics.length}: ${metrics.join(', ')}`,
      dollars: metrics.length * prices.metricMonth,
    },
    {
      what: 'timers',
      amount: `${grouped(runs)} runs`,
      dollars: runs * (prices.lambdaRequest + runGbSeconds * prices.lambdaGbSecond),
    },
    { what: 'their reads', amount: `${grouped(reads)} units`, dollars: reads * prices.readUnit },
    {
      what: 'their logs',
      amount: `${grouped((runs * runLogBytes) / 1e6)} MB`,
      dollars: ((runs * runLogBytes) / 1e9) * prices.logGb,
    },
  ];
};

const isStream = (source: unknown): boolean => JSON.stringify(source ?? '').includes('"StreamArn"');

const minutesBetween = (schedule: unknown): readonly number[] => {
  const minutes = /^rate\((\d+) minutes?\)$/.exec(String(schedule))?.[1];
  return minutes === undefined ? [] : [Number(minutes)];
};

/** What it takes to ask empty tables what is due. */
const readsOf = async (tables: readonly string[], now: Instant): Promise<number> => {
  const units = noUnits();
  // The adapter only ever sends.
  const client = countingDynamo(() => units) as unknown as DynamoDBClient;
  for (const table of tables) await dynamoDueIndex(client, { table }).due(now, 1000);
  return [...units.reads.values()].reduce((sum, count) => sum + count, 0);
};
