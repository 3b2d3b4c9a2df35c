import { expect, it } from 'vitest';
import { grantsOf } from './grants.ts';
import { templateOf } from './synthesize.ts';

const read = 'dynamodb:GetItem';
const change = 'dynamodb:GetItem dynamodb:PutItem';
const readTimeline = 'dynamodb:GetItem dynamodb:Query';
const changeTimeline = 'dynamodb:GetItem dynamodb:PutItem dynamodb:Query';
const countTimeline = `${changeTimeline} dynamodb:UpdateItem`;
const find = 'dynamodb:Query';
const feed = 'sqs:SendMessage';
const record = 'firehose:PutRecord';
const use = 'secretsmanager:GetSecretValue';
const mail = 'ses:SendEmail';
const listen = 'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator';

/** What each function may do, besides to write its own log and to take messages from its own queue. */
const granted = {
  'score-lead': {
    'Tables/Leads': countTimeline,
    'Tables/Policy': read,
    'Secrets/HashKey': use,
    'InputLogs/Raw': record,
    'InputLogs/Rejected': record,
  },
  'advance-lead': {
    'Tables/Leads': changeTimeline,
    'Tables/Handoffs': read,
    'Tables/Nurture': read,
    'Tables/Policy': read,
    'Secrets/HashKey': use,
    'InputLogs/Rejected': record,
  },
  'open-handoff': {
    'Tables/Leads': readTimeline,
    'Tables/Handoffs': change,
    'Tables/Roster': change,
    'Tables/Policy': read,
  },
  'watch-sla': {
    'Tables/Handoffs': change,
    'Tables/Roster': change,
    'Tables/Policy': read,
  },
  'answer-handoff': {
    'Tables/Handoffs': change,
    'Tables/Roster': change,
    'Tables/Policy': read,
    'InputLogs/Rejected': record,
  },
  'answer-handoff-page': {
    'Tables/Leads': readTimeline,
    'Tables/Handoffs': change,
    'Tables/Roster': change,
    'Tables/Policy': read,
    'Secrets/LinkKey': use,
  },
  'answer-handoff-api': {
    'Tables/Handoffs': change,
    'Tables/Roster': change,
    'Tables/Policy': read,
  },
  'change-roster-api': {
    'Tables/Roster': change,
    'Tables/Policy': read,
  },
  'notify-sales': {
    'Tables/Notices': change,
    'Tables/Leads': readTimeline,
    'Tables/Handoffs': read,
    'Tables/Roster': read,
    'Tables/Policy': read,
    'Secrets/LinkKey': use,
    'Platform/Alerts/Alerts': 'sns:Publish',
    'Platform/Alerts/Key': 'kms:Decrypt kms:GenerateDataKey',
    'identity/acme.test': mail,
    'configuration-set/MailStreams/Internal': mail,
  },
  'enroll-nurture': {
    'Tables/Nurture': change,
    'Tables/Leads': readTimeline,
    'Tables/Policy': read,
  },
  'send-nurture-mail': {
    'Tables/Nurture': change,
    'Tables/Leads': readTimeline,
    'Tables/Handoffs': read,
    'Tables/Roster': read,
    'Tables/Policy': read,
    'Secrets/ConsentKey': use,
    'Secrets/HashKey': use,
    'identity/acme.test': mail,
    'configuration-set/MailStreams/Marketing': mail,
    'configuration-set/MailStreams/Service': mail,
    '*': 'ses:GetAccount',
  },
  'change-consent': {
    'Tables/Nurture': change,
    'Tables/Leads': readTimeline,
    'Tables/Policy': read,
    'Secrets/HashKey': use,
  },
  'change-consent-page': {
    'Tables/Nurture': change,
    'Secrets/ConsentKey': use,
  },
  'record-journey': {
    'Tables/Journeys': change,
  },
  'relay-facts': {
    'Tables/Leads.StreamArn': listen,
    'Tables/Handoffs.StreamArn': listen,
    'Tables/Nurture.StreamArn': listen,
    'Platform/Bus': 'events:PutEvents',
    'InputLogs/Bucket': 's3:ListBucket',
    'InputLogs/Bucket/aws/lambda/*': 's3:PutObject',
    '*': 'dynamodb:ListStreams',
  },
  tick: {
    'Tables/Leads/index/due': find,
    'Tables/Handoffs/index/due': find,
    'Tables/Handoffs/index/open': find,
    'Tables/Nurture/index/due': find,
    'Tables/Notices/index/due': find,
    'Tables/Nurture': 'dynamodb:UpdateItem',
    'Scoring/AdvanceLead/Queue': feed,
    'Handoffs/WatchSla/Queue': feed,
    'Nurture/SendNurtureMail/Queue': feed,
    'Notices/NotifySales/Queue': feed,
  },
  reconcile: {
    'Tables/Leads/index/due': find,
    'Tables/Handoffs/index/due': find,
    'Tables/Leads': changeTimeline,
    'Tables/Handoffs': change,
    'Tables/Roster': change,
    'Tables/Policy': read,
    'Platform/Bus': 'events:PutEvents',
  },
};

it('each function may do what its work needs, and no more', () => {
  expect(grantsOf(templateOf('prod'))).toEqual(granted);
});
