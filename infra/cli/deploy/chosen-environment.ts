import {
  type EnvironmentConfig,
  type EnvironmentName,
  environmentNamed,
  environments,
  stackNameOf,
  UnknownEnvironmentError,
  unfilled,
} from '../../environments.ts';
import { UsageError } from '../usage-error.ts';
import { DeployError } from './deploy-error.ts';

export type ChosenEnvironment = Readonly<{
  environment: EnvironmentName;
  config: EnvironmentConfig;
  stackName: string;
}>;

/**
 * The environment that `--env` names, or BATON_ENV.
 * @throws UsageError that lists those that exist.
 */
export const chosenEnvironment = (name = process.env.BATON_ENV): ChosenEnvironment => {
  try {
    const environment = environmentNamed(name);
    return { environment, config: environments[environment], stackName: stackNameOf(environment) };
  } catch (error) {
    throw error instanceof UnknownEnvironmentError ? new UsageError(error.message) : error;
  }
};

/**
 * One that may go to an account: `local` only to an emulator, and none with values that only the user knows.
 * @throws UsageError, or DeployError that lists what is missing.
 */
export const deployableEnvironment = (name: string | undefined): ChosenEnvironment => {
  const chosen = chosenEnvironment(name);
  if (chosen.environment === 'local' && !process.env.AWS_ENDPOINT_URL)
    throw new UsageError('The environment local runs on this machine only: npm start deploys it.');
  const missing = unfilled(chosen.config);
  if (missing.length > 0)
    throw new DeployError(
      `Before ${chosen.environment} is deployed, fill in ${missing.join(', ')} in infra/environments.ts.`,
    );
  return chosen;
};
