import { styleText } from 'node:util';
import { bundleOf } from '../../../shared/policy/policy-bundle.ts';
import { describePolicy } from '../policy/describe-policy.ts';
import { policyIn } from '../policy/policy-folder.ts';
import { policyName } from '../policy/policy-name.ts';
import { targetChain } from '../policy/target-chain.ts';
import { readRoster } from '../seed/read-roster.ts';

/** Returns the exit code; problems are thrown, each with its place. */
export const checkPolicyFolder = async (
  directory: string | undefined,
  { json }: Readonly<{ json?: true }>,
): Promise<number> => {
  const { policy } = await policyIn(directory);
  // The roster that ships goes with the policy that ships.
  if (directory === undefined) await readRoster(policy);
  const { hash } = bundleOf(policy);
  const sections = describePolicy(policy, new Date().toISOString());
  if (json) {
    const chain = targetChain(policy.targets);
    console.log(JSON.stringify({ version: policy.version, hash, chain, sections }));
    return 0;
  }
  for (const { title, lines } of sections) {
    console.log(styleText('bold', title));
    for (const line of lines) console.log(`  ${line}`);
    console.log();
  }
  console.log(`Policy ${policyName(hash, policy)} is sound.`);
  return 0;
};
