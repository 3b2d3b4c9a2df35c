/** The SDK clients of score-lead and nothing else: what its bundle is compared with. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

export const clients = [new DynamoDBClient({}), new FirehoseClient({}), new SecretsManagerClient({})];
