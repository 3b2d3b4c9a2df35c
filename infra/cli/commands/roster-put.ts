import { existsSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readPublishedPolicy } from '../doctor/read-data.ts';
import { connectTo } from '../environment-connection.ts';
import { putRoster } from '../seed/put-roster.ts';
import { readRoster } from '../seed/read-roster.ts';
import { UsageError } from '../usage-error.ts';

export type RosterPutCommand = Readonly<{ env?: string; json?: true }>;

/**
 * A file becomes the roster of an environment, if it fits the policy in force there. Returns the exit code; whatever stands
 * in the way is thrown.
 */
export const rosterPut = async (file: string, { env, json }: RosterPutCommand): Promise<number> => {
  if (!existsSync(file))
    throw new UsageError(`There is no file ${file}: write one like infra/cli/seed/roster.yaml.`);
  const { environment, clientConfig, outputs } = await connectTo(env);
  const { PolicyTableName = '', RosterTableName = '' } = outputs;
  const published = await readPublishedPolicy(clientConfig, PolicyTableName);
  if (published === undefined)
    throw new UsageError(
      `Publish a policy first, which names the teams: npx baton publish --env ${environment}.`,
    );
  const roster = await readRoster(published.policy, file);
  await putRoster(new DynamoDBClient(clientConfig), RosterTableName, roster);
  const [people, teams] = [roster.people.length, roster.teams.length];
  console.log(
    json
      ? JSON.stringify({ environment, people, teams })
      : `The roster of ${environment} now has ${people} people in ${teams} teams.`,
  );
  return 0;
};
