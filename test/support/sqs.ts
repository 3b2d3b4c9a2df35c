import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** A queue's record as EventBridge or the tick would have sent it; a text is taken as the whole body. */
export const anSqsRecord = (
  content: string | Readonly<{ type: string; detail: unknown }>,
  overrides: Partial<SQSRecord> = {},
): SQSRecord => ({
  messageId: crypto.randomUUID(),
  receiptHandle: 'receipt',
  body:
    typeof content === 'string'
      ? content
      : JSON.stringify({ 'detail-type': content.type, detail: content.detail }),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: String(Date.parse('2026-11-02T09:00:00.000Z')),
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:queue',
  awsRegion: 'eu-central-1',
  ...overrides,
});

export const anSqsEvent = (...records: SQSRecord[]): SQSEvent => ({ Records: records });
