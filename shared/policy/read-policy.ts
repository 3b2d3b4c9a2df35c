import * as v from 'valibot';
import { checkPolicy } from './check-policy.ts';
import { placedYaml } from './placed-yaml.ts';
import { InvalidPolicyError, type PlacedProblem, type PolicyPath } from './policy-problem.ts';
import { type PolicyRules, policySourceSchema } from './schema.ts';

/** The rules of a policy file, and where in the file each of them stands. */
export type PolicySourceFile = Readonly<{
  rules: PolicyRules;
  /** A problem found later, with its place in the file. */
  place(path: PolicyPath, message: string): PlacedProblem;
}>;

/**
 * Reads what people write. `file` is only named in problems.
 * @throws InvalidPolicyError with every problem that was found: of the YAML, else of the shape, else of the sense.
 */
export const readPolicy = (source: string, file = 'policy.yaml'): PolicySourceFile => {
  const yaml = placedYaml(source, file);
  if (yaml.problems.length > 0) throw new InvalidPolicyError(yaml.problems);
  const read = v.safeParse(policySourceSchema, yaml.value);
  if (!read.success)
    throw new InvalidPolicyError(read.issues.map((issue) => yaml.place(pathOf(issue), shapeMessage(issue))));
  const problems = checkPolicy(read.output).map(({ path, message }) => yaml.place(path, message));
  if (problems.length > 0) throw new InvalidPolicyError(problems);
  return { rules: read.output, place: yaml.place };
};

const pathOf = (issue: v.BaseIssue<unknown>): PolicyPath =>
  (issue.path ?? []).flatMap(({ key }) => (typeof key === 'string' || typeof key === 'number' ? [key] : []));

const shapeMessage = (issue: v.BaseIssue<unknown>): string => {
  if (issue.expected === 'never') return 'is not known here';
  if (issue.received === 'undefined') return 'is missing';
  // Those that a schema words itself are sentences already.
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  return issue.expected === null
    ? `cannot be ${issue.received}`
    : `is ${issue.received}, but ${issue.expected} is expected`;
};
