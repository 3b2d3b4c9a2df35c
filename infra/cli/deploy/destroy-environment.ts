import { S3Client } from '@aws-sdk/client-s3';
import { failureOf, reasonIn } from '../../cdk/failure-reason.ts';
import type { Progress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';
import { ask } from './ask.ts';
import { withAssembly } from './assembly.ts';
import type { ChosenEnvironment } from './chosen-environment.ts';
import { DeployError } from './deploy-error.ts';
import { cloudFormation, describedStack } from './described-stack.ts';
import { emptyBucket } from './empty-bucket.ts';
import { type Lasting, whatLasts } from './lasting.ts';
import { runCdk } from './run-cdk.ts';

export type DestroyOptions = Readonly<{
  /** Nobody has to type the environment's name. */
  yes: boolean;
  progress: Progress;
  say: (text: string) => void;
}>;

/**
 * Deletes the stack of an environment. Returns what stays in the account.
 * @throws DeployError if it is protected, or with CloudFormation's reason; UnreachableError; UsageError if nobody agreed.
 */
export const destroyEnvironment = async (
  chosen: ChosenEnvironment,
  { yes, progress, say }: DestroyOptions,
): Promise<readonly Lasting[]> => {
  const { environment, stackName, config } = chosen;
  const client = cloudFormation(chosen);
  try {
    progress.tell('looking at the account');
    const stack = await describedStack(client, chosen);
    if (stack === undefined)
      throw new DeployError(`${stackName} is not deployed in this account and region.`);
    if (stack.EnableTerminationProtection)
      throw new DeployError(
        `${stackName} is protected: set terminationProtection of ${environment} to false in infra/environments.ts, deploy, and call this again.`,
      );
    const { kept, buckets } = await whatLasts(client, stackName);
    say(whatGoes(stackName, kept));
    if (!yes) await agree(environment);
    progress.tell('emptying its bucket');
    const s3 = new S3Client(config.region === undefined ? {} : { region: config.region });
    for (const bucket of buckets) await emptyBucket(s3, bucket);
    await withAssembly(chosen, async ({ directory, made }) => {
      progress.tell(`deleting ${stackName}`);
      const { exitCode, printed } = await runCdk(directory, ['destroy', stackName, ...made, '--force']);
      if (exitCode === 0) return;
      const reason = (await failureOf(client, stackName)) ?? reasonIn(printed);
      throw new DeployError(`${stackName} was not deleted: ${reason}`);
    });
    return kept;
  } finally {
    client.destroy();
  }
};

const whatGoes = (stackName: string, kept: readonly Lasting[]): string =>
  kept.length === 0
    ? `${stackName} and all its data will be deleted: leads, handoffs, consent, and the keys behind links in mails.`
    : [
        `${stackName} will be deleted. Its data stays in the account and goes on costing what it stores:`,
        ...kept.map(({ type, name }) => `  ${type.replace('AWS::', '').padEnd(24)} ${name}`),
        'Links in mails that were sent will lead to pages that no longer work.',
      ].join('\n');

const agree = async (environment: string): Promise<void> => {
  const answer = await ask(`Type ${environment} to delete it: `);
  if (answer === undefined)
    throw new UsageError('Nobody is there to type the name of the environment: add --yes to delete it.');
  if (answer !== environment) throw new DeployError('Nothing was deleted.');
};
