import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { reasonIn } from '../../cdk/failure-reason.ts';
import type { ChosenEnvironment } from './chosen-environment.ts';
import { DeployError } from './deploy-error.ts';
import { appOf, runCdk } from './run-cdk.ts';

/** What the CDK made of an environment: its template and its functions' code. */
export type Assembly = Readonly<{
  /** An empty folder to run the CDK's command in. */
  directory: string;
  /** What its command takes instead of the app: nothing is made a second time. */
  made: readonly string[];
  resources: Readonly<Record<string, Readonly<{ Type: string; DeletionPolicy?: string | undefined }>>>;
  /** The bootstrap stack must have at least this version. */
  bootstrapVersion: number;
}>;

const templateSchema = v.object({
  Resources: v.record(v.string(), v.object({ Type: v.string(), DeletionPolicy: v.optional(v.string()) })),
});
const manifestSchema = v.object({
  artifacts: v.record(
    v.string(),
    v.object({
      properties: v.optional(v.object({ requiresBootstrapStackVersion: v.optional(v.number()) })),
    }),
  ),
});

/**
 * Makes the template of an environment, and removes it after `use`.
 * @throws DeployError with what the app said.
 */
export const withAssembly = async <T>(
  { environment, stackName }: ChosenEnvironment,
  use: (assembly: Assembly) => Promise<T>,
): Promise<T> => {
  const directory = await mkdtemp(join(tmpdir(), 'baton-deploy-'));
  const assembly = join(directory, 'cdk.out');
  try {
    const { exitCode, printed } = await runCdk(directory, [
      'synth',
      ...appOf(environment),
      '--output',
      assembly,
      '--quiet',
    ]);
    if (exitCode !== 0)
      throw new DeployError(`The template of ${environment} could not be made: ${reasonIn(printed)}`);
    const template = v.parse(templateSchema, await json(join(assembly, `${stackName}.template.json`)));
    const { artifacts } = v.parse(manifestSchema, await json(join(assembly, 'manifest.json')));
    return await use({
      directory,
      made: ['--app', assembly],
      resources: template.Resources,
      bootstrapVersion: artifacts[stackName]?.properties?.requiresBootstrapStackVersion ?? 0,
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));
