import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { failureOf, reasonIn } from '../../cdk/failure-reason.ts';
import type { Progress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';
import { ask } from './ask.ts';
import { type Assembly, withAssembly } from './assembly.ts';
import type { ChosenEnvironment } from './chosen-environment.ts';
import { DeployError } from './deploy-error.ts';
import { deployProgress } from './deploy-progress.ts';
import { cloudFormation, describedStack, outputsOf } from './described-stack.ts';
import { runCdk } from './run-cdk.ts';

export type DeployOptions = Readonly<{
  /** Nobody is asked about permissions. */
  yes: boolean;
  progress: Progress;
  /** For what must be read before something happens. */
  say: (text: string) => void;
}>;

export type Deployed = Readonly<{ outputs: Readonly<Record<string, string>>; bootstrapped: boolean }>;

const bootstrapStack = 'CDKToolkit';

/**
 * Bootstraps the account where the CDK was never used in it, and brings the stack up to date.
 * @throws DeployError with CloudFormation's reason, UnreachableError, or UsageError if nobody agreed.
 */
export const deployEnvironment = async (
  chosen: ChosenEnvironment,
  { yes, progress, say }: DeployOptions,
): Promise<Deployed> => {
  const client = cloudFormation(chosen);
  progress.tell('looking at the account');
  const existing = await describedStack(client, chosen);
  refuseForeignAccount(existing?.StackId, chosen);
  progress.tell('making the template');
  return withAssembly(chosen, async (assembly) => {
    const bootstrap = await needsBootstrap(client, chosen, assembly);
    if (bootstrap)
      say(
        `This account and region are new to the CDK: its stack ${bootstrapStack} comes first, with a bucket and its roles.`,
      );
    const permissions =
      existing === undefined ? newStack(assembly) : await changedPermissions(assembly, chosen, progress);
    if (permissions !== undefined && !yes) {
      say(permissions);
      await agree(chosen);
    }
    if (bootstrap) await bootstrapAccount(assembly, progress);
    await deploy(assembly, chosen, { client, progress });
    return { outputs: outputsOf(await describedStack(client, chosen)), bootstrapped: bootstrap };
  }).finally(() => client.destroy());
};

/** arn:aws:cloudformation:REGION:ACCOUNT:stack/... */
const refuseForeignAccount = (
  stackId: string | undefined,
  { config, environment }: ChosenEnvironment,
): void => {
  const account = stackId?.split(':')[4];
  if (config.account !== undefined && account !== undefined && account !== config.account)
    throw new DeployError(
      `The credentials in use belong to the account ${account}, but ${environment} is in ${config.account}: choose others (AWS_PROFILE).`,
    );
};

const needsBootstrap = async (
  client: CloudFormationClient,
  chosen: ChosenEnvironment,
  { bootstrapVersion }: Assembly,
): Promise<boolean> => {
  const version = outputsOf(await describedStack(client, chosen, bootstrapStack)).BootstrapVersion;
  return version === undefined || Number(version) < bootstrapVersion;
};

const newStack = ({ resources }: Assembly): string => {
  const types = Object.values(resources).map(({ Type }) => Type);
  const roles = types.filter((type) => type === 'AWS::IAM::Role').length;
  return `The stack is new: ${types.length} resources, among them ${roles} roles, each for one function or stream and what it needs.`;
};

/** Undefined: nobody may do more than before. */
const changedPermissions = async (
  { directory, made }: Assembly,
  { stackName }: ChosenEnvironment,
  progress: Progress,
): Promise<string | undefined> => {
  progress.tell('comparing permissions');
  const { exitCode, printed } = await runCdk(directory, [
    'diff',
    stackName,
    ...made,
    '--security-only',
    '--fail-on=broadening',
    '--method=template',
  ]);
  return exitCode === 0 ? undefined : printed;
};

const agree = async ({ environment }: ChosenEnvironment): Promise<void> => {
  const answer = await ask('Deploy it? (yes/no) ');
  if (answer === undefined)
    throw new UsageError(
      `Permissions change, and nobody is there to agree: look at npx baton diff --env ${environment}, then add --yes.`,
    );
  if (!/^y(es)?$/i.test(answer)) throw new DeployError('Nothing was deployed.');
};

const bootstrapAccount = async ({ directory, made }: Assembly, progress: Progress): Promise<void> => {
  progress.tell('bootstrapping the account for the CDK');
  const { exitCode, printed } = await runCdk(directory, ['bootstrap', ...made]);
  if (exitCode !== 0)
    throw new DeployError(`The account could not be bootstrapped for the CDK: ${reasonIn(printed)}`);
};

const deploy = async (
  { directory, made, resources }: Assembly,
  { stackName }: ChosenEnvironment,
  { client, progress }: Readonly<{ client: CloudFormationClient; progress: Progress }>,
): Promise<void> => {
  progress.tell(`deploying ${stackName}`);
  const tell = deployProgress(Object.keys(resources).length, progress.tell);
  const { exitCode, printed } = await runCdk(
    directory,
    [
      'deploy',
      stackName,
      '--exclusively',
      ...made,
      '--require-approval=never',
      '--progress=events',
      '--asset-parallelism',
      '--concurrency=4',
    ],
    tell,
  );
  if (exitCode === 0) return;
  const reason = (await failureOf(client, stackName)) ?? reasonIn(printed);
  throw new DeployError(`${stackName} was not deployed: ${reason}`);
};
