import type { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { BatonFunction } from './baton-function.ts';
import { output } from './output.ts';
import type { Platform } from './platform.ts';

export type TimerProps = Readonly<{
  platform: Platform;
  /** Of its folder in `functions`. */
  name: string;
  every: Duration;
  timeout: Duration;
  /** What people suffer when it does not run. */
  impact: string;
}>;

/** A function that runs again and again. A run that fails is not retried: the next one finds the same work. */
export class Timer extends Construct {
  readonly function: BatonFunction;

  constructor(scope: Construct, id: string, { platform, name, every, timeout, impact }: TimerProps) {
    super(scope, id);
    this.function = new BatonFunction(this, 'Worker', { platform, name, timeout });
    this.function.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
    output(this, `${id}FunctionName`, this.function.function.functionName);
    const target = new LambdaFunction(this.function.function, {
      deadLetterQueue: platform.undelivered,
      retryAttempts: 2,
      maxEventAge: every,
    });
    new Rule(this, 'Every', { schedule: Schedule.rate(every), targets: [target] });
    platform.monitoring.alarm(this, 'NotRunning', {
      // Every run counts its errors, also when there are none: without a count there was no run.
      metric: this.function.function.metricErrors({ period: every }),
      threshold: { atLeast: 1 },
      periods: 3,
      missing: 'breaching',
      impact,
      runbook: 'A timer does not run',
    });
  }
}
