import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../../shared/adapters/dynamo-aggregates.ts';
import { rosterCodecs } from '../../../shared/adapters/roster-codecs.ts';
import type { RosterStates } from '../../../shared/domain/roster.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { Aggregates } from '../../../shared/ports.ts';
import { readPublishedPolicy } from '../doctor/read-data.ts';
import { connectTo } from '../environment-connection.ts';
import { UsageError } from '../usage-error.ts';

export type RosterConnection = Readonly<{
  environment: string;
  rosters: Aggregates<RosterStates>;
  policy: Policy;
}>;

/** The roster of an environment, and the policy in force there. @throws UsageError if none was published. */
export const connectRoster = async (env: string | undefined): Promise<RosterConnection> => {
  const { environment, clientConfig, outputs } = await connectTo(env);
  const { PolicyTableName = '', RosterTableName = '' } = outputs;
  const published = await readPublishedPolicy(clientConfig, PolicyTableName);
  if (published === undefined)
    throw new UsageError(
      `Publish a policy first, which names the teams: npx baton publish --env ${environment}.`,
    );
  const rosters = dynamoAggregates<RosterStates>(
    new DynamoDBClient(clientConfig),
    rosterCodecs(RosterTableName),
  );
  return { environment, rosters, policy: published.policy };
};

/** What `show` and `away` need. @throws UsageError if nobody has put one. */
export const noRoster = (environment: string): UsageError =>
  new UsageError(`${environment} has no roster yet: npx baton roster put roster.yaml --env ${environment}.`);
