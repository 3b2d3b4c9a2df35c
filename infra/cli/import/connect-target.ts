import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { dynamoLeadRecords } from '../../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../../shared/adapters/dynamo-lead-store.ts';
import { dynamoPolicySource } from '../../../shared/adapters/dynamo-policy.ts';
import { dynamoWaitingLeads } from '../../../shared/adapters/dynamo-waiting-leads.ts';
import { sqsQueue } from '../../../shared/adapters/sqs-queue.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { EnvironmentConnection } from '../environment-connection.ts';
import type { LeadWorld } from '../lead/lead-world.ts';
import { putEvents } from '../put-events.ts';
import { UnreachableError } from '../unreachable.ts';
import { listWaiting } from './list-waiting.ts';
import type { ImportTarget } from './target.ts';

/** An environment, for imports and for what follows them. */
export const connectTarget = async ({
  environment,
  clientConfig,
  outputs,
}: EnvironmentConnection): Promise<ImportTarget & Pick<LeadWorld, 'commands' | 'leads'>> => {
  const output = (key: string): string => {
    const value = outputs[key];
    if (value !== undefined) return value;
    throw new UnreachableError(
      `The stack of ${environment} has no output ${key}: deploy it again (npx baton deploy --env ${environment}).`,
    );
  };
  const dynamo = new DynamoDBClient(clientConfig);
  const sqs = new SQSClient(clientConfig);
  const events = new EventBridgeClient(clientConfig);
  const [table, scoring] = [output('LeadsTableName'), output('ScoreLeadQueueUrl')];
  const leads = dynamoLeadStore(dynamo, table);
  const waiting = {
    waiting: dynamoWaitingLeads(dynamo, table),
    leads,
    records: dynamoLeadRecords(dynamo, table),
    policy: dynamoPolicySource(dynamo, output('PolicyTableName')),
  };
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: table }));
  return {
    identity: JSON.stringify([Table?.TableArn, Table?.TableId, Table?.CreationDateTime]),
    history: sqsQueue(sqs, scoring),
    bus: (inbound) => putEvents(events, output('BusName'), inbound),
    backlog: () => messagesIn(sqs, scoring),
    deadLetters: () => messagesIn(sqs, output('ScoreLeadDeadLettersUrl')),
    waiting: () => listWaiting(waiting, instantOf(Date.now())),
    commands: sqsQueue(sqs, output('AdvanceLeadQueueUrl')),
    leads,
  };
};

const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

const messagesIn = async (sqs: SQSClient, QueueUrl: string): Promise<number> => {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counts] }),
  );
  return counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
};
