import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedPolicy, readPolicyFolder } from '../../../shared/policy/load-policy.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The policy of a folder as it would be published now; without a folder the one that ships.
 * @throws UsageError if there is none, InvalidPolicyError with each problem and its place
 */
export const policyIn = async (directory: string | undefined): Promise<LoadedPolicy> => {
  if (directory !== undefined && !existsSync(join(directory, 'policy.yaml')))
    throw new UsageError(`There is no policy in ${directory}: a file policy.yaml is needed there.`);
  return readPolicyFolder({
    year: new Date().getFullYear(),
    ...(directory === undefined ? {} : { directory }),
  });
};
