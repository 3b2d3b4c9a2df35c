import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonIn } from '../../cdk/failure-reason.ts';
import { unfilled } from '../../environments.ts';
import { chosenEnvironment } from '../deploy/chosen-environment.ts';
import { DeployError } from '../deploy/deploy-error.ts';
import { appOf, runCdk } from '../deploy/run-cdk.ts';

export type SynthCommand = Readonly<{ env?: string; json?: true }>;

/** Prints the template of an environment on stdout, as YAML or JSON; nothing is asked of AWS. Returns the exit code. */
export const synth = async ({ env, json }: SynthCommand): Promise<number> => {
  const { environment, config } = chosenEnvironment(env);
  const directory = await mkdtemp(join(tmpdir(), 'baton-synth-'));
  try {
    const { exitCode, printed, stdout } = await runCdk(directory, [
      'synth',
      ...appOf(environment),
      '--output',
      join(directory, 'cdk.out'),
      ...(json ? ['--json'] : []),
    ]);
    if (exitCode !== 0)
      throw new DeployError(`The template of ${environment} could not be made: ${reasonIn(printed)}`);
    process.stdout.write(`${stdout}\n`);
    const missing = unfilled(config);
    if (missing.length > 0)
      console.error(
        `Before ${environment} is deployed, fill in ${missing.join(', ')} in infra/environments.ts.`,
      );
    return 0;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
