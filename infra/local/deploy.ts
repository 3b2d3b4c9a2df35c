import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { execa } from 'execa';
import { cdkCommand, quietly } from '../cdk/cdk-command.ts';
import { failureOf, reasonIn } from '../cdk/failure-reason.ts';
import type { EmulatorConnection } from './emulator-connection.ts';
import { LocalStackError } from './local-stack-error.ts';

export type DeployOptions = Readonly<{
  emulator: EmulatorConnection;
  /** The CDK app, program and arguments: `['node', 'infra/app.ts']`. */
  app: readonly [string, ...string[]];
  stackName: string;
  context?: Readonly<Record<string, string>>;
  /** A git-ignored folder for cdk.out and the outputs; absolute. */
  directory: string;
  /** Where the app runs; default: here. */
  workingDirectory?: string;
  onProgress?: (message: string) => void;
}>;

/** The outputs of the stack, by their keys. */
export type StackOutputs = Readonly<Record<string, string>>;

/**
 * The template as it would go to AWS, bootstrapped and deployed to the emulator by the CDK's own command.
 * The app runs once, while the account is bootstrapped. Throws LocalStackError with the reason that
 * CloudFormation gives.
 */
export const deployLocally = async (options: DeployOptions): Promise<StackOutputs> => {
  const { emulator, stackName, directory, onProgress = () => {} } = options;
  const assembly = join(directory, 'cdk.out');
  const outputs = join(directory, 'outputs.json');
  await mkdir(directory, { recursive: true });
  await rm(outputs, { force: true });
  onProgress('writing the template');
  await Promise.all([
    synthesize(options, assembly),
    cdk(options, ['bootstrap', `aws://${emulator.accountId}/${emulator.region}`]).catch((error) => {
      throw new LocalStackError(
        `The local account could not be bootstrapped: ${reasonIn(printedBy(error))}`,
        {
          cause: error,
        },
      );
    }),
  ]);
  onProgress('deploying the stack');
  try {
    await cdk(options, [
      'deploy',
      stackName,
      '--exclusively',
      '--app',
      assembly,
      '--method=direct',
      '--require-approval=never',
      '--outputs-file',
      outputs,
      '--asset-parallelism',
      '--concurrency=4',
      '--progress=events',
    ]);
  } catch (error) {
    const reason =
      (await failureOf(new CloudFormationClient(emulator.clientConfig), stackName)) ??
      reasonIn(printedBy(error));
    throw new LocalStackError(`The stack ${stackName} was not deployed: ${reason}`, { cause: error });
  }
  const written: unknown = existsSync(outputs) ? JSON.parse(await readFile(outputs, 'utf8')) : {};
  return outputsOf(written, stackName);
};

const cdk = ({ emulator, directory }: DeployOptions, args: readonly string[]) =>
  execa(process.execPath, [cdkCommand, ...args, ...quietly], {
    // Away from a cdk.json, whose app even `bootstrap` would run.
    cwd: directory,
    env: { ...emulator.environment, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    extendEnv: false,
    all: true,
    timeout: 180_000,
    stdin: 'ignore',
  });

/** What `cdk synth` does, without a second start of the CLI: the app writes into CDK_OUTDIR. */
const synthesize = async (
  { emulator, app: [program, ...args], context = {}, workingDirectory }: DeployOptions,
  assembly: string,
): Promise<void> => {
  await rm(assembly, { recursive: true, force: true });
  const { exitCode, stderr } = await execa(program === 'node' ? process.execPath : program, args, {
    env: {
      ...emulator.environment,
      CDK_OUTDIR: assembly,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_DEFAULT_ACCOUNT: emulator.accountId,
      CDK_DEFAULT_REGION: emulator.region,
    },
    extendEnv: false,
    cwd: workingDirectory ?? process.cwd(),
    reject: false,
    timeout: 120_000,
    stdin: 'ignore',
  });
  if (exitCode !== 0) {
    const lines = stderr.split('\n');
    // `TypeError: ...` of Node, `«CannotFindAsset» ...` of the CDK.
    const reason =
      lines.find((line) => /^«?\w+(Error\b|»)/.test(line)) ?? lines[0] ?? `exit code ${exitCode}`;
    throw new LocalStackError(`The CDK app ${[program, ...args].join(' ')} failed: ${reason.trim()}`);
  }
};

/** Of what `execa` throws, all that the command printed. */
const printedBy = (error: unknown): string =>
  error instanceof Error && 'all' in error ? String(error.all) : String(error);

const outputsOf = (written: unknown, stackName: string): StackOutputs => {
  const stack = isRecord(written) ? written[stackName] : undefined;
  if (!isRecord(stack)) return {};
  return Object.fromEntries(Object.entries(stack).map(([key, value]) => [key, String(value)]));
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
