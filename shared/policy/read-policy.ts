import * as v from 'valibot';
import { checkPolicy } from './check-policy.ts';
import { closestName, knownNames } from './closest-name.ts';
import { fieldNamesAt } from './field-names.ts';
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
  // To a schema of objects a list is an object that lacks everything.
  if (Array.isArray(yaml.value))
    throw new InvalidPolicyError([yaml.place([], 'is a list, but a map is expected')]);
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
  const path = pathOf(issue);
  const last = path.at(-1);
  if (issue.expected === 'never' && last !== undefined) {
    const known = new Set(fieldNamesAt(policySourceSchema, path.slice(0, -1)));
    return `is not known here: ${knownNames(String(last), known)}`;
  }
  if (issue.received === 'undefined') return 'is missing';
  // Those that a schema words itself are sentences already.
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  return issue.expected === null
    ? `cannot be ${issue.received}`
    : `is ${received(issue)}, but ${expected(issue)} is expected`;
};

const received = ({ received: kind, input }: v.BaseIssue<unknown>): string =>
  kind === 'Object' ? 'a map' : kind === 'Array' ? 'a list' : input === null ? 'empty' : kind;

const expected = ({ expected: kind, input }: v.BaseIssue<unknown>): string => {
  const choices = [...(kind ?? '').matchAll(/"([^"]*)"/g)].map(([, choice = '']) => choice);
  const meant = typeof input === 'string' ? closestName(input, choices) : undefined;
  const words =
    kind === 'Object' ? 'a map' : kind === 'Array' ? 'a list' : (kind ?? '').replaceAll(' | ', ' or ');
  return meant === undefined ? words : `${words} (do you mean "${meant}"?)`;
};
