import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { subscriptions, type WorkerName } from '../../shared/events/subscriptions.ts';
import { BatonFunction } from './baton-function.ts';
import { deadLetterQueueProps, secureQueueProps } from './dead-letters.ts';
import { oneMinute } from './monitoring.ts';
import { output } from './output.ts';
import type { Platform } from './platform.ts';

export type WorkerProps = Readonly<{
  platform: Platform;
  name: WorkerName;
  /** What people suffer when it stands still. */
  impact: string;
  /** Messages per invocation; more than ten wait up to a second for each other. Default: 10. */
  batchSize?: number;
  /** Invocations at the same time, at least 2. Default: as many as Lambda likes. */
  maxConcurrency?: number;
  timeout?: Duration;
}>;

/** What the bus or the tick has for it -> queue -> function. A message that fails five times goes to the dead letters, and tells operators. */
export class Worker extends Construct {
  readonly function: BatonFunction;
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const { platform, name, batchSize = 10, maxConcurrency, timeout = Duration.seconds(30) } = props;
    this.deadLetters = new Queue(this, 'DeadLetters', deadLetterQueueProps);
    this.queue = new Queue(this, 'Queue', {
      ...secureQueueProps,
      // What AWS advises: a batch that is throttled is retried before its messages come back.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    platform.bus.route(this, subscriptions[name], this.queue);
    this.function = new BatonFunction(this, 'Worker', { platform, name, timeout });
    this.function.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize,
        maxConcurrency,
        reportBatchItemFailures: true,
        ...(batchSize > 10 ? { maxBatchingWindow: Duration.seconds(1) } : {}),
      }),
    );
    this.watch(props);
    output(this, `${id}QueueUrl`, this.queue.queueUrl);
    output(this, `${id}DeadLettersUrl`, this.deadLetters.queueUrl);
  }

  /** Lets `fn` put messages into the queue, whose URL it finds under `key`. */
  grantFeedTo(fn: BatonFunction, key: string): void {
    fn.allow({
      actions: ['sqs:SendMessage'],
      on: [this.queue.queueArn],
      environment: { [key]: this.queue.queueUrl },
    });
  }

  private watch({ platform, impact }: WorkerProps): void {
    platform.monitoring.alarm(this, 'DeadLettersNotEmpty', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible(oneMinute),
      threshold: { atLeast: 1 },
      missing: 'fine',
      impact,
      runbook: 'Messages in a dead-letter queue',
    });
    platform.monitoring.alarm(this, 'Behind', {
      metric: this.queue.metricApproximateAgeOfOldestMessage(oneMinute),
      threshold: { atLeast: platform.config.alarms.queueAgeSeconds },
      periods: 3,
      missing: 'fine',
      impact,
      runbook: 'A queue falls behind',
    });
  }
}
