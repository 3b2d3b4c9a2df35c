import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  type EnvironmentConfig,
  type EnvironmentName,
  environmentNames,
  environments,
  stackNameOf,
} from '../environments.ts';
import type { ClientConfig } from '../local/emulator-connection.ts';
import { findRunningStack } from '../local/running-stack.ts';
import { UnreachableError, unreachable } from './unreachable.ts';
import { UsageError } from './usage-error.ts';

const batonDirectory = join(import.meta.dirname, '..', '..', '.baton');

/** What SDK clients take: `new DynamoDBClient(clientConfig)`. What it lacks, the SDK finds as usual. */
export type ConnectionConfig = Partial<ClientConfig>;

/** An environment that is deployed, and how to reach it. */
export type EnvironmentConnection = Readonly<{
  environment: EnvironmentName;
  clientConfig: ConnectionConfig;
  /** The stack's outputs, by name: `PolicyTableName`, ... */
  outputs: Readonly<Record<string, string>>;
}>;

/**
 * Finds the stack of an environment: `local` is the one that `npm start` runs, the others are where endpoint and
 * credentials of this shell lead. `env` absent: the one that BATON_ENV names.
 * @throws UsageError if there is no such environment, UnreachableError if it cannot be reached; both name the remedy.
 */
export const connectTo = async (env: string | undefined): Promise<EnvironmentConnection> => {
  const environment = environmentOf(env ?? process.env.BATON_ENV);
  const clientConfig = await configOf(environment);
  const outputs = await outputsOf(environment, clientConfig);
  return { environment, clientConfig, outputs };
};

const environmentOf = (name: string | undefined): EnvironmentName => {
  const found = environmentNames.find((known) => known === name);
  if (found !== undefined) return found;
  const problem = name === undefined ? 'No environment was named' : `There is no environment "${name}"`;
  throw new UsageError(`${problem}: choose one of ${environmentNames.join(', ')} with --env.`);
};

const configOf = async (environment: EnvironmentName): Promise<ConnectionConfig> => {
  const { region }: EnvironmentConfig = environments[environment];
  if (environment !== 'local') return region === undefined ? {} : { region };
  const stack = await findRunningStack(batonDirectory);
  if (stack !== undefined)
    return {
      endpoint: stack.endpoint,
      region: stack.region,
      credentials: stack.credentials,
      requestHandler: {
        httpsAgent: new Agent({ ca: await readFile(stack.certificateBundle), keepAlive: true }),
      },
    };
  // An emulator of somebody else's, such as CI's. AWS itself is never local.
  if (process.env.AWS_ENDPOINT_URL) return {};
  throw new UnreachableError('No local stack runs: start one with npm start.');
};

const outputsOf = async (
  environment: EnvironmentName,
  clientConfig: ConnectionConfig,
): Promise<Readonly<Record<string, string>>> => {
  const client = new CloudFormationClient(clientConfig);
  const { account }: EnvironmentConfig = environments[environment];
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackNameOf(environment) }));
    const stack = Stacks?.[0];
    // arn:aws:cloudformation:REGION:ACCOUNT:stack/...
    const itsAccount = stack?.StackId?.split(':')[4];
    if (account !== undefined && itsAccount !== account)
      throw new UnreachableError(
        `The credentials in use belong to the account ${itsAccount}, but ${environment} is in ${account}: choose others (AWS_PROFILE).`,
      );
    return Object.fromEntries(
      (stack?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
        OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]],
      ),
    );
  } catch (error) {
    throw unreachable(error, environment);
  } finally {
    client.destroy();
  }
};

/** @throws UnreachableError if the stack has no output of that name */
export const outputNamed = ({ environment, outputs }: EnvironmentConnection, name: string): string => {
  const value = outputs[name];
  if (value !== undefined) return value;
  throw new UnreachableError(
    `${stackNameOf(environment)} has no output ${name}: deploy this version of Baton to it first.`,
  );
};
