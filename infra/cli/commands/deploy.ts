import { styleText } from 'node:util';
import { deployableEnvironment } from '../deploy/chosen-environment.ts';
import { deployEnvironment } from '../deploy/deploy-environment.ts';
import { nextSteps } from '../deploy/next-steps.ts';
import { progressOn } from '../progress.ts';

export type DeployCommand = Readonly<{ env?: string; yes?: boolean; json?: true }>;

/** Returns the exit code; whatever goes wrong is thrown as one sentence. */
export const deploy = async ({ env, yes = false, json }: DeployCommand): Promise<number> => {
  const chosen = deployableEnvironment(env);
  const progress = progressOn();
  const { outputs, bootstrapped } = await deployEnvironment(chosen, {
    yes,
    progress,
    say: (text) => {
      progress.end();
      console.error(text);
    },
  }).finally(progress.end);
  const { environment, stackName } = chosen;
  if (json) {
    process.stdout.write(`${JSON.stringify({ environment, stack: stackName, bootstrapped, outputs })}\n`);
    return 0;
  }
  console.log(
    [
      styleText('green', `${stackName} is deployed.`),
      '',
      `  bus for your events      ${outputs.BusName}`,
      `  pages behind links       ${outputs.PublicBaseUrl}`,
      `  log of what came in      s3://${outputs.InputLogBucketName}`,
      '',
      nextSteps(chosen),
    ].join('\n'),
  );
  return 0;
};
