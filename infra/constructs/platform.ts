import { Validations } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvironmentConfig, EnvironmentName } from '../environments.ts';
import { Alerts } from './alerts.ts';
import { Bus } from './bus.ts';
import { deadLetterQueueProps } from './dead-letters.ts';
import { Monitoring, oneMinute } from './monitoring.ts';
import { output } from './output.ts';

export type PlatformProps = Readonly<{
  environment: EnvironmentName;
  config: EnvironmentConfig;
  /** The bundle of a function, by its name. */
  code: (name: string) => Code;
}>;

/** What every capability stands on: bus, alarms, and the queue for what rules could not deliver. */
export class Platform extends Construct {
  readonly environment: EnvironmentName;
  readonly config: EnvironmentConfig;
  readonly code: (name: string) => Code;
  readonly alerts: Alerts;
  readonly monitoring: Monitoring;
  readonly bus: Bus;
  /** Takes the events of all rules whose target could not be reached. */
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, { environment, config, code }: PlatformProps) {
    super(scope, id);
    this.environment = environment;
    this.config = config;
    this.code = code;
    this.alerts = new Alerts(this, 'Alerts', config);
    this.monitoring = new Monitoring(this, 'Monitoring', { alarms: this.alerts.alarms });
    this.undelivered = new Queue(this, 'Undelivered', deadLetterQueueProps);
    Validations.of(this.undelivered).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue of all rules.',
    });
    this.bus = new Bus(this, 'Bus', { environment, undelivered: this.undelivered });
    output(this, 'UndeliveredUrl', this.undelivered.queueUrl);
    this.monitoring.alarm(this.undelivered, 'NotEmpty', {
      metric: this.undelivered.metricApproximateNumberOfMessagesVisible(oneMinute),
      threshold: { atLeast: 1 },
      missing: 'fine',
      impact: 'Events or facts did not reach a worker: leads, handoffs or mails stand still.',
      runbook: 'Messages in a dead-letter queue',
    });
  }
}
