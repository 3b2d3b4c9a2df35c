import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  type MetricOptions,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Headings of the run book in the README: what to do when an alarm goes off. */
export const runbookHeadings = [
  'Messages in a dead-letter queue',
  'A queue falls behind',
  'Facts are stuck in a stream',
  'A timer does not run',
  'Something is overdue',
  'A handoff stays open',
  'Reconciliation found something',
  'Input was rejected',
  'A surge is held back',
  'Pages fail',
  'Mail does not leave',
  'Sales breaks its deadlines',
  'Raw engagements do not reach S3',
] as const;

export type AlarmProps = Readonly<{
  metric: IMetric;
  threshold: Readonly<{ atLeast: number } | { below: number }>;
  /** How many periods of the metric in a row. Default: 1. */
  periods?: number;
  /** What it means when nothing was measured: nothing happened, or nobody is alive to measure. */
  missing: 'fine' | 'breaching';
  /** What people suffer while it lasts. */
  impact: string;
  runbook: (typeof runbookHeadings)[number];
}>;

export const oneMinute = { period: Duration.minutes(1) } as const satisfies MetricOptions;
export const fiveMinutes = { period: Duration.minutes(5) } as const satisfies MetricOptions;

/** The only maker of alarms: none without somebody to tell, its impact, and a place to look. */
export class Monitoring extends Construct {
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, { alarms }: Readonly<{ alarms: ITopic }>) {
    super(scope, id);
    this.action = new SnsAction(alarms);
  }

  alarm(
    scope: Construct,
    id: string,
    { metric, threshold, periods = 1, missing, ...text }: AlarmProps,
  ): Alarm {
    const below = 'below' in threshold;
    const alarm = new Alarm(scope, id, {
      metric,
      threshold: below ? threshold.below : threshold.atLeast,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: missing === 'fine' ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
      alarmDescription: `${text.impact} README, run book: "${text.runbook}".`,
    });
    alarm.addAlarmAction(this.action);
    return alarm;
  }
}
