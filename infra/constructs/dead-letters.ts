import { Duration } from 'aws-cdk-lib';
import { QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';

/** Every queue is encrypted and takes no plain HTTP. */
export const secureQueueProps = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
} as const satisfies QueueProps;

/** Dead letters are kept as long as SQS can, so that a long weekend loses none. */
export const deadLetterQueueProps = {
  ...secureQueueProps,
  retentionPeriod: Duration.days(14),
} as const satisfies QueueProps;
