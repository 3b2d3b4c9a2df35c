import { reasonIn } from '../../cdk/failure-reason.ts';
import { withAssembly } from '../deploy/assembly.ts';
import { chosenEnvironment } from '../deploy/chosen-environment.ts';
import { DeployError } from '../deploy/deploy-error.ts';
import { cloudFormation, describedStack } from '../deploy/described-stack.ts';
import { runCdk } from '../deploy/run-cdk.ts';
import { progressOn } from '../progress.ts';

export type DiffCommand = Readonly<{ env?: string }>;

/** Prints what a deploy would change. Returns the exit code: 0 also if there are differences. */
export const diff = async ({ env }: DiffCommand): Promise<number> => {
  const chosen = chosenEnvironment(env);
  const progress = progressOn();
  const client = cloudFormation(chosen);
  const printed = await (async () => {
    progress.tell('looking at the account');
    if ((await describedStack(client, chosen)) === undefined)
      return `${chosen.stackName} is not deployed: a deploy would make all of it (npx baton synth --env ${chosen.environment}).`;
    progress.tell('making the template');
    return withAssembly(chosen, async ({ directory, made }) => {
      progress.tell('comparing it with the account');
      const args = ['diff', chosen.stackName, ...made, '--method=template'];
      const { exitCode, printed } = await runCdk(directory, args);
      if (exitCode !== 0)
        throw new DeployError(`${chosen.stackName} could not be compared: ${reasonIn(printed)}`);
      return printed.trim();
    });
  })().finally(() => {
    progress.end();
    client.destroy();
  });
  console.log(printed);
  return 0;
};
