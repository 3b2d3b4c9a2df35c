/** Bundled by a test: it reaches what bundles leave out. */
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';

const region = 'eu-central-1';

export const retryAdaptively = () =>
  new DynamoDBClient({ region, retryMode: 'adaptive' }).config.retryStrategy();

/** What the client throws where DynamoDB answers with this. */
export const errorOf = async (answer: Readonly<Record<string, unknown>>) => {
  const response = { statusCode: 400, headers: {}, body: Buffer.from(JSON.stringify(answer)) };
  const client = new DynamoDBClient({
    region,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: { handle: async () => ({ response }) },
  });
  const error: unknown = await client
    .send(new GetItemCommand({ TableName: 't', Key: {} }))
    .catch((thrown) => thrown);
  return {
    error,
    isConflict: error instanceof ConditionalCheckFailedException,
    isOfClient: error instanceof DynamoDBServiceException,
  };
};
