import {
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyResultV2,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';

const dynamo = new DynamoDBClient({});
const sqs = new SQSClient({});
const secrets = new SecretsManagerClient({});
const ses = new SESv2Client({ maxAttempts: 1 });
const { SECRET, TABLE, OTHER_TABLE, OUTBOX_URL, BATON_CLOCK_URL = '' } = process.env;

const virtualNow = async (): Promise<string> => {
  const { offsetMs } = (await (await fetch(BATON_CLOCK_URL)).json()) as { offsetMs: number };
  return new Date(Date.now() + offsetMs).toISOString();
};

/** Writes what it is told to, with a fact; `fail` is a partial failure, `forbidden` a table without a grant. */
export const work = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body, attributes } of Records) {
    const { id, dueAt, failFirst, forbidden } = JSON.parse(body).detail;
    if (failFirst && attributes.ApproximateReceiveCount === '1')
      batchItemFailures.push({ itemIdentifier: messageId });
    else
      await dynamo.send(
        new PutItemCommand({
          TableName: forbidden ? OTHER_TABLE : TABLE,
          Item: {
            pk: { S: id },
            facts: { S: id },
            ...(dueAt === undefined ? {} : { due: { S: 'due#2' }, dueAt: { S: dueAt } }),
          },
        }),
      );
  }
  return { batchItemFailures };
};

/** A mail per fact, to prove stream, filter, clock and front at once. */
export const relay = async ({ Records }: DynamoDBStreamEvent): Promise<void> => {
  for (const { dynamodb } of Records) {
    const fact = dynamodb?.NewImage?.facts?.S ?? 'a record that the filter should have kept away';
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: fact === 'stranger' ? 'x@stranger.test' : 'baton@baton.test',
        Destination: { ToAddresses: ['ida@customer.test'] },
        ConfigurationSetName: 'test-service',
        Content: { Simple: { Subject: { Data: fact }, Body: { Text: { Data: await virtualNow() } } } },
      }),
    );
  }
};

/** Serves what is due by its virtual time. */
export const tick = async (): Promise<void> => {
  const now = await virtualNow();
  const due: QueryCommandOutput = await dynamo.send(
    new QueryCommand({
      TableName: TABLE,
      IndexName: 'due',
      KeyConditionExpression: 'due = :due and dueAt <= :now',
      ExpressionAttributeValues: { ':due': { S: 'due#2' }, ':now': { S: now } },
    }),
  );
  for (const { pk } of due.Items ?? [])
    if (pk?.S !== 'stuck')
      await dynamo.send(
        new UpdateItemCommand({
          TableName: TABLE,
          Key: { pk: { S: pk?.S ?? '' } },
          UpdateExpression: 'SET facts = :fact REMOVE due, dueAt',
          ExpressionAttributeValues: { ':fact': { S: `served ${pk?.S}` } },
        }),
      );
};

export const page = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => {
  const { Successful } = await sqs.send(
    new SendMessageBatchCommand({ QueueUrl: OUTBOX_URL, Entries: [{ Id: '1', MessageBody: 'called' }] }),
  );
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: SECRET }));
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({
      method: event.requestContext.http.method,
      path: event.rawPath,
      query: event.rawQueryString,
      authorization: event.headers.authorization,
      body: event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : event.body,
      publicUrl: process.env.PUBLIC_URL,
      secretLength: SecretString?.length,
      sent: Successful?.length,
    }),
  };
};
