/**
 * The SDK clients of score-lead with the calls that it makes, and nothing else: what its bundle is compared with. Without
 * the calls, the clients' bundle has no use, and lacks the code that reads and writes their items.
 */
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

export const clients = [new DynamoDBClient({}), new FirehoseClient({}), new SecretsManagerClient({})];

export const calls = [
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  PutRecordCommand,
  GetSecretValueCommand,
];
