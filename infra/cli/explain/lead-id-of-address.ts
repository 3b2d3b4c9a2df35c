import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { hmacKeyedHash } from '../../../shared/adapters/hmac-keyed-hash.ts';
import { secretText } from '../../../shared/adapters/secrets-manager.ts';
import { namesOf } from '../../../shared/domain/identity.ts';
import type { KeyedHash, LeadRecords } from '../../../shared/ports.ts';
import { stackNameOf } from '../../environments.ts';
import type { EnvironmentConnection } from '../environment-connection.ts';
import { UnreachableError } from '../unreachable.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The lead that an address belongs to. Addresses are stored by a keyed hash only, so the environment's key is needed.
 * @throws UsageError if the address is unknown, UnreachableError if the key may not be read.
 */
export const leadIdOfAddress = async (
  connection: EnvironmentConnection,
  records: Pick<LeadRecords, 'load'>,
  email: string,
): Promise<string> => {
  const keyedHash = hmacKeyedHash(await hashKey(connection));
  const leadId = await knownLead(records, keyedHash, email);
  if (leadId !== undefined) return leadId;
  throw new UsageError(
    `No lead of ${connection.environment} has that address: it may be written differently, or not have arrived yet.`,
  );
};

/** Undefined: nobody is known by that address. */
export const knownLead = async (
  records: Pick<LeadRecords, 'load'>,
  keyedHash: KeyedHash,
  email: string,
): Promise<string | undefined> => {
  const [name] = namesOf({ email: email.trim() });
  if (name === undefined) return undefined;
  const hash = await keyedHash.of(`${name.type}:${name.value}`);
  return (await records.load('identity', `${name.type}#${hash}`)).state?.leadId;
};

const hashKey = async (connection: EnvironmentConnection): Promise<() => Promise<string>> => {
  const secret = await hashKeySecret(connection);
  const client = new SecretsManagerClient(connection.clientConfig);
  try {
    const text = await secretText(client, secret)();
    return async () => text;
  } catch (error) {
    if (!(error instanceof Error) || !/AccessDenied/.test(error.name)) throw error;
    throw new UnreachableError(
      `The credentials in use may not read the key that addresses are stored by (secretsmanager:GetSecretValue on ${secret}): ask for the permission, or name the lead by its id with --lead.`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
};

const hashKeySecret = async ({ environment, clientConfig }: EnvironmentConnection): Promise<string> => {
  const client = new CloudFormationClient(clientConfig);
  try {
    // `HashKey` of the construct `Secrets`; CDK adds a checksum.
    for await (const { StackResourceSummaries = [] } of paginateListStackResources(
      { client },
      { StackName: stackNameOf(environment) },
    ))
      for (const { LogicalResourceId, ResourceType, PhysicalResourceId } of StackResourceSummaries)
        if (ResourceType === 'AWS::SecretsManager::Secret' && LogicalResourceId?.startsWith('SecretsHashKey'))
          return PhysicalResourceId ?? '';
  } finally {
    client.destroy();
  }
  throw new UnreachableError(`The stack of ${environment} has no secret HashKey: deploy it again.`);
};
