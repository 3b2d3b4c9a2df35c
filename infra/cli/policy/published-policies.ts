import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../../shared/adapters/dynamo-aggregates.ts';
import { dynamoPolicyStore } from '../../../shared/adapters/dynamo-policy-store.ts';
import { rosterCodecs } from '../../../shared/adapters/roster-codecs.ts';
import type { Roster, RosterStates } from '../../../shared/domain/roster.ts';
import type { PolicyStore } from '../../../shared/policy/publish-policy.ts';
import type { EnvironmentName } from '../../environments.ts';
import { connectTo, outputNamed } from '../environment-connection.ts';
import { unreachable } from '../unreachable.ts';

/** What an environment has: its policies, and who works in sales there. */
export type PublishedPolicies = Readonly<{
  environment: EnvironmentName;
  store: PolicyStore;
  /** Undefined: there is none yet. */
  roster(): Promise<Roster | undefined>;
}>;

/**
 * Works with the policies of an environment.
 * @throws UsageError or UnreachableError if it cannot be reached
 */
export const withPoliciesOf = async <T>(
  env: string | undefined,
  work: (published: PublishedPolicies) => Promise<T>,
): Promise<T> => {
  const connection = await connectTo(env);
  const { environment, clientConfig } = connection;
  const client = new DynamoDBClient(clientConfig);
  const rosters = dynamoAggregates<RosterStates>(
    client,
    rosterCodecs(outputNamed(connection, 'RosterTableName')),
  );
  try {
    return await work({
      environment,
      store: dynamoPolicyStore(client, outputNamed(connection, 'PolicyTableName')),
      roster: async () => (await rosters.load('roster', 'current')).state,
    });
  } catch (error) {
    throw unreachable(error, environment);
  } finally {
    client.destroy();
  }
};
