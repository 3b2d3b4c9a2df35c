import { InvalidPolicyError } from '../../../shared/policy/policy-problem.ts';
import { publishPolicy, rollBackPolicy } from '../../../shared/policy/publish-policy.ts';
import { problemsWithRoster } from '../policy/fits-roster.ts';
import { policyIn } from '../policy/policy-folder.ts';
import { policyName } from '../policy/policy-name.ts';
import { type PublishedPolicies, withPoliciesOf } from '../policy/published-policies.ts';
import { UsageError } from '../usage-error.ts';

export type PublishCommand = Readonly<{ env?: string; rollback?: true; json?: true }>;

/** What has become of it, for people and for scripts. */
type Report = Readonly<{
  text: string;
  json: Readonly<{
    environment: string;
    hash: string;
    version?: string;
    sequence: number;
    /** False: it was in force already. */
    published: boolean;
    /** What was in force before. */
    replaced?: string;
  }>;
}>;

/** Returns the exit code; whatever stands in the way is thrown. */
export const publish = async (
  directory: string | undefined,
  { env, rollback, json }: PublishCommand,
): Promise<number> => {
  if (rollback && directory !== undefined)
    throw new UsageError('Either a folder or --rollback: to put a folder in force, leave --rollback out.');
  const report = rollback ? await withPoliciesOf(env, rollBack) : await publishFolder(directory, env);
  console.log(json ? JSON.stringify(report.json) : report.text);
  return 0;
};

const follow = 'Functions follow within a minute.';

/** The policy is read first: one that cannot work is refused without asking AWS. */
const publishFolder = async (directory: string | undefined, env: string | undefined): Promise<Report> => {
  const { policy, place } = await policyIn(directory);
  return withPoliciesOf(env, async ({ environment, store, roster }) => {
    const people = await roster();
    const problems = people === undefined ? [] : problemsWithRoster(policy, people);
    if (problems.length > 0)
      throw new InvalidPolicyError(problems.map(({ path, message }) => place(path, message)));
    const { hash, sequence, published, before } = await publishPolicy(store, policy);
    const [earlier] = before;
    const name = policyName(hash, policy);
    const instead =
      earlier === undefined ? '' : ` in place of ${policyName(earlier, await store.bundle(earlier))}`;
    return {
      text: published
        ? `Policy ${name} is in force in ${environment} as number ${sequence}${instead}. ${follow}`
        : `Policy ${name} is in force in ${environment} already, as number ${sequence}: nothing was changed.`,
      json: {
        environment,
        hash,
        version: policy.version,
        sequence,
        published,
        ...(published && earlier !== undefined ? { replaced: earlier } : {}),
      },
    };
  });
};

const rollBack = async ({ environment, store }: PublishedPolicies): Promise<Report> => {
  const { from, to } = await rollBackPolicy(store);
  const [policy, replaced] = await Promise.all([store.bundle(to.hash), store.bundle(from.hash)]);
  const name = policyName(to.hash, policy);
  return {
    text: `Policy ${name} is in force in ${environment} again, as number ${to.sequence} in place of ${policyName(from.hash, replaced)}. ${follow}`,
    json: {
      environment,
      hash: to.hash,
      ...(policy === undefined ? {} : { version: policy.version }),
      sequence: to.sequence,
      published: true,
      replaced: from.hash,
    },
  };
};
