import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicy } from '../../../shared/policy/load-policy.ts';
import { bundleOf } from '../../../shared/policy/policy-bundle.ts';
import { readRoster } from '../seed/read-roster.ts';
import { UsageError } from '../usage-error.ts';

/** Returns the exit code; problems are thrown, each with its place. */
export const checkPolicyFolder = async (directory: string | undefined): Promise<number> => {
  if (directory !== undefined && !existsSync(join(directory, 'policy.yaml')))
    throw new UsageError(`There is no policy in ${directory}: a file policy.yaml is needed there.`);
  const policy = await loadPolicy({
    year: new Date().getFullYear(),
    ...(directory === undefined ? {} : { directory }),
  });
  if (directory === undefined) await readRoster(policy);
  const { scoring, routing, campaigns, texts } = policy;
  console.log(
    `Policy ${policy.version} (${bundleOf(policy).hash.slice(0, 12)}) is sound: ${scoring.rules.length} rules, ${scoring.patterns.length} patterns, ${routing.length} routes, ${Object.keys(campaigns).length} campaigns, ${Object.keys(texts).length} texts in two languages.`,
  );
  return 0;
};
