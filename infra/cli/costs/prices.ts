/**
 * List prices of us-east-1 in US dollars, without any free tier, as the pricing pages of AWS showed them in November 2026.
 * Frankfurt (eu-central-1) is up to a quarter dearer; `prices` is the only place to change.
 */
export const prices = {
  /** aws.amazon.com/eventbridge/pricing: custom events, each 64 KB begun. What rules deliver in the account is free. */
  busEvent: 1.0 / 1e6,
  /** aws.amazon.com/sqs/pricing: standard queues, each request. */
  queueRequest: 0.4 / 1e6,
  /** aws.amazon.com/lambda/pricing: requests, and GB-seconds on arm64. */
  lambdaRequest: 0.2 / 1e6,
  lambdaGbSecond: 0.0000133334,
  /** aws.amazon.com/dynamodb/pricing/on-demand: standard table class. Lambda reads streams for free. */
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  /** aws.amazon.com/firehose/pricing: direct put, each record rounded up to 5 KB. */
  firehoseGb: 0.029,
  /** aws.amazon.com/s3/pricing: standard. */
  s3Put: 0.005 / 1000,
  s3GbMonth: 0.023,
  /** aws.amazon.com/cloudwatch/pricing. */
  alarmMonth: 0.1,
  metricMonth: 0.3,
  logGb: 0.5,
  /** aws.amazon.com/kms/pricing: a key of one's own. */
  keyMonth: 1.0,
  /** aws.amazon.com/secrets-manager/pricing. */
  secretMonth: 0.4,
  /** aws.amazon.com/ses/pricing. */
  mail: 0.1 / 1000,
} as const;

/** 365 days in twelve months. */
export const minutesAMonth = (365 * 24 * 60) / 12;
