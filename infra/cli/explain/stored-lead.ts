import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLeadRecords } from '../../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../../shared/adapters/dynamo-lead-store.ts';
import { dynamoPolicyStore } from '../../../shared/adapters/dynamo-policy-store.ts';
import { scoringKey } from '../../../shared/domain/fold/scoring-index.ts';
import type { WholeLead } from '../../../shared/domain/whole-lead.ts';
import { type FoundLead, loadWholeLead } from '../../../shared/leads/load-whole-lead.ts';
import { longestInPassing } from '../../../shared/leads/scored-by.ts';
import type { PolicyPointer, PolicyStore } from '../../../shared/policy/publish-policy.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import type { EnvironmentConnection } from '../environment-connection.ts';
import { UnreachableError, unreachable } from '../unreachable.ts';
import { UsageError } from '../usage-error.ts';
import { leadIdOfAddress } from './lead-id-of-address.ts';

export type NamedLead = Readonly<{ lead: string } | { email: string }>;

/** A policy that was published since a lead was decided. */
export type NewerPolicy = Readonly<{
  sequence: number;
  /** When the lead is judged by it: with its next change, or not before it is applied, for it scores differently. */
  from: 'next-change' | 'apply';
}>;

/** The one that was asked for, or the one that it was merged into. */
export type StoredLead = FoundLead &
  Readonly<{
    /** With which it was decided last. */
    policy: PublishedPolicy;
    /** Absent: that one is in force. */
    newer?: NewerPolicy;
  }>;

/**
 * A lead as it is stored, with its whole timeline, and the policy that it was decided with.
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
    const asked = 'lead' in named ? named.lead : await leadIdOfAddress(connection, records, named.email);
    const whole = await loadWholeLead({ leads: dynamoLeadStore(client, leads), records })(asked);
    if (whole === undefined)
      throw new UsageError(
        `There is no lead ${asked} in ${environment}: facts and mails name leads by their id, and --email finds one by its address.`,
      );
    const { hash, sequence } = whole.lead.policy;
    const policies = dynamoPolicyStore(client, tableOf(connection, 'PolicyTableName'));
    const [policy, pointer] = await Promise.all([policies.bundle(hash), policies.pointer()]);
    if (policy === undefined)
      throw new UnreachableError(
        `The policy ${hash} that the lead was decided with is missing in ${environment}: publish it again.`,
      );
    return {
      ...whole,
      policy: { hash, sequence, policy },
      ...(pointer === undefined || pointer.hash === hash
        ? {}
        : { newer: await newerOf(policies, pointer, whole) }),
    };
  } catch (error) {
    throw unreachable(error, environment);
  } finally {
    client.destroy();
  }
};

const newerOf = async (
  policies: PolicyStore,
  { hash, sequence }: PolicyPointer,
  { lead }: WholeLead,
): Promise<NewerPolicy> => {
  const policy = await policies.bundle(hash);
  const waits =
    policy !== undefined && scoringKey(policy) !== lead.policy.scoring && lead.count > longestInPassing;
  return { sequence, from: waits ? 'apply' : 'next-change' };
};

const tableOf = ({ environment, outputs }: EnvironmentConnection, name: string): string => {
  const table = outputs[name];
  if (table !== undefined) return table;
  throw new UnreachableError(`The stack of ${environment} has no output ${name}: deploy it again.`);
};
