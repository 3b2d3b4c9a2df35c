import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLeadRecords } from '../../../shared/adapters/dynamo-lead-records.ts';
import { connectTo, type EnvironmentConnection } from '../environment-connection.ts';
import { leadIdOfAddress } from '../explain/lead-id-of-address.ts';
import { mergeText } from '../lead/lead-text.ts';
import { connectLeads } from '../lead/lead-world.ts';
import { mergeTwoLeads } from '../lead/merge-leads.ts';
import { personAndReason } from '../lead/person-and-reason.ts';
import { UnreachableError } from '../unreachable.ts';
import { UsageError } from '../usage-error.ts';
import type { LeadMoveCommand } from './lead-move.ts';

export type LeadMergeCommand = Omit<LeadMoveCommand, 'lead'> &
  Readonly<{ lead?: readonly string[]; email?: readonly string[] }>;

/** Returns the exit code: 1 if it was refused, or is not done yet. */
export const leadMerge = async ({
  lead = [],
  email = [],
  env,
  json,
  ...said
}: LeadMergeCommand): Promise<number> => {
  const person = personAndReason(said);
  if (lead.length + email.length !== 2)
    throw new UsageError('Name two leads, each by --lead or by --email: baton lead merge --lead A --lead B.');
  const connection = await connectTo(env);
  const [first, second] = [...lead, ...(await idsOf(connection, email))];
  if (first === undefined || second === undefined) throw new UsageError('Name two leads.');
  const world = await connectLeads(connection);
  const report = await mergeTwoLeads({ leadIds: [first, second], ...person }, world);
  process.stdout.write(`${json ? JSON.stringify(report) : mergeText(report)}\n`);
  return report.outcome === 'merged' ? 0 : 1;
};

const idsOf = async (
  connection: EnvironmentConnection,
  addresses: readonly string[],
): Promise<readonly string[]> => {
  if (addresses.length === 0) return [];
  const { environment, clientConfig, outputs } = connection;
  const table = outputs.LeadsTableName;
  if (table === undefined)
    throw new UnreachableError(`The stack of ${environment} has no output LeadsTableName: deploy it again.`);
  const client = new DynamoDBClient(clientConfig);
  try {
    const ids: string[] = [];
    for (const address of addresses)
      ids.push(await leadIdOfAddress(connection, dynamoLeadRecords(client, table), address));
    return ids;
  } finally {
    client.destroy();
  }
};
