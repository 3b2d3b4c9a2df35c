import { styleText } from 'node:util';
import { bundleOf } from '../../../shared/policy/policy-bundle.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { diffPolicies } from '../policy/diff-policies.ts';
import { policyIn } from '../policy/policy-folder.ts';
import { policyName } from '../policy/policy-name.ts';
import { withPoliciesOf } from '../policy/published-policies.ts';
import { UnreachableError } from '../unreachable.ts';
import { UsageError } from '../usage-error.ts';

export type PolicyDiffCommand = Readonly<{ env?: string; json?: true }>;

/** Returns the exit code, as `diff` does: 0 if there is no difference, 1 if there are some. */
export const diffPolicyFolders = async (
  from: string | undefined,
  to: string | undefined,
  { env, json }: PolicyDiffCommand,
): Promise<number> => {
  const [before, after] = await bothOf(from, to, env);
  const [hashBefore, hashAfter] = [bundleOf(before).hash, bundleOf(after).hash];
  const sections = diffPolicies(before, after);
  const [nameBefore, nameAfter] = [policyName(hashBefore, before), policyName(hashAfter, after)];
  if (json) console.log(JSON.stringify({ from: hashBefore, to: hashAfter, sections }));
  else if (sections.length === 0) console.log(`No difference: both are ${nameAfter}.`);
  else {
    console.log(`From ${nameBefore} to ${nameAfter}:\n`);
    for (const { title, lines } of sections)
      console.log(`${styleText('bold', title)}\n${lines.map((line) => `  ${line}.\n`).join('')}`);
  }
  return hashBefore === hashAfter ? 0 : 1;
};

const bothOf = async (
  from: string | undefined,
  to: string | undefined,
  env: string | undefined,
): Promise<readonly [Policy, Policy]> => {
  if (env !== undefined) {
    if (to !== undefined)
      throw new UsageError('Either two folders, or one and --env: leave one of the three out.');
    const { policy } = await policyIn(from);
    return [await publishedIn(env), policy];
  }
  if (from === undefined)
    throw new UsageError('Name the folder of a policy, or --env to compare with what is published there.');
  const folders = to === undefined ? [undefined, from] : [from, to];
  const [before, after] = await Promise.all([policyIn(folders[0]), policyIn(folders[1])]);
  return [before.policy, after.policy];
};

const publishedIn = (env: string): Promise<Policy> =>
  withPoliciesOf(env, async ({ environment, store }) => {
    const pointer = await store.pointer();
    const policy = pointer === undefined ? undefined : await store.bundle(pointer.hash);
    if (policy === undefined)
      throw new UnreachableError(
        `No policy is published in ${environment} yet: baton publish --env ${environment} does it.`,
      );
    return policy;
  });
