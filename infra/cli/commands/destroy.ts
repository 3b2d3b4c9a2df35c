import { chosenEnvironment } from '../deploy/chosen-environment.ts';
import { destroyEnvironment } from '../deploy/destroy-environment.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

export type DestroyCommand = Readonly<{ env?: string; yes?: boolean; evenProd?: true; json?: true }>;

/** Returns the exit code; whatever goes wrong is thrown as one sentence. */
export const destroy = async ({ env, yes = false, evenProd, json }: DestroyCommand): Promise<number> => {
  const chosen = chosenEnvironment(env);
  const { environment, stackName } = chosen;
  if (environment === 'prod' && evenProd !== true)
    throw new UsageError('prod is not deleted by mistake: add --even-prod if you mean it.');
  if (environment === 'local' && !process.env.AWS_ENDPOINT_URL)
    throw new UsageError('The environment local goes by itself: stop npm start with Ctrl-C.');
  const progress = progressOn();
  const kept = await destroyEnvironment(chosen, {
    yes,
    progress,
    say: (text) => {
      progress.end();
      console.error(text);
    },
  }).finally(progress.end);
  if (json) process.stdout.write(`${JSON.stringify({ environment, stack: stackName, kept })}\n`);
  else
    console.log(
      `${stackName} is deleted.${kept.length === 0 ? '' : ` ${kept.length} resources with data stay.`}`,
    );
  return 0;
};
