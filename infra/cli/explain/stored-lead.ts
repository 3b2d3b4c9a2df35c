import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLeadRecords } from '../../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../../shared/adapters/dynamo-lead-store.ts';
import { dynamoPolicyStore } from '../../../shared/adapters/dynamo-policy-store.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import type { EnvironmentConnection } from '../environment-connection.ts';
import { UnreachableError, unreachable } from '../unreachable.ts';
import { UsageError } from '../usage-error.ts';
import { leadIdOfAddress } from './lead-id-of-address.ts';

export type NamedLead = Readonly<{ lead: string } | { email: string }>;

export type StoredLead = Readonly<{
  leadId: string;
  lead: Lead;
  profile: Profile;
  /** With which it was decided last. */
  policy: PublishedPolicy;
  /** Another one that was published since: the lead's next change is judged by it. */
  newerSequence?: number;
}>;

/**
 * A lead as it is stored, and the policy that it was decided with.
 * @throws UsageError if there is no such lead, UnreachableError if it may not be read; both name the remedy.
 */
export const readStoredLead = async (
  connection: EnvironmentConnection,
  named: NamedLead,
): Promise<StoredLead> => {
  const { environment, clientConfig } = connection;
  const client = new DynamoDBClient(clientConfig);
  try {
    const leads = tableOf(connection, 'LeadsTableName');
    const records = dynamoLeadRecords(client, leads);
    const leadId = 'lead' in named ? named.lead : await leadIdOfAddress(connection, records, named.email);
    const { state: lead } = await dynamoLeadStore(client, leads).load(leadId);
    if (lead === undefined)
      throw new UsageError(
        `There is no lead ${leadId} in ${environment}: facts and mails name leads by their id, and --email finds one by its address.`,
      );
    const profile = (await records.load('profile', leadId)).state ?? {};
    const { hash, sequence } = lead.policy;
    const policies = dynamoPolicyStore(client, tableOf(connection, 'PolicyTableName'));
    const [policy, pointer] = await Promise.all([policies.bundle(hash), policies.pointer()]);
    if (policy === undefined)
      throw new UnreachableError(
        `The policy ${hash} that the lead was decided with is missing in ${environment}: publish it again.`,
      );
    return {
      leadId,
      lead,
      profile,
      policy: { hash, sequence, policy },
      ...(pointer === undefined || pointer.hash === hash ? {} : { newerSequence: pointer.sequence }),
    };
  } catch (error) {
    throw unreachable(error, environment);
  } finally {
    client.destroy();
  }
};

const tableOf = ({ environment, outputs }: EnvironmentConnection, name: string): string => {
  const table = outputs[name];
  if (table !== undefined) return table;
  throw new UnreachableError(`The stack of ${environment} has no output ${name}: deploy it again.`);
};
