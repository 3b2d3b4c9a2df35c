/** Where in the policy: keys and indexes from the root. */
export type PolicyPath = readonly (string | number)[];

/** Something the policy says that cannot be meant. */
export type PolicyProblem = Readonly<{ path: PolicyPath; message: string }>;

/** A problem where its author finds it. `line` and `column` count from 1. */
export type PlacedProblem = PolicyProblem & Readonly<{ file: string; line: number; column: number }>;

/** `scoring.rules[3].points`; the whole policy is `(root)`. */
export const pathText = (path: PolicyPath): string =>
  path.length === 0
    ? '(root)'
    : path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');

/** `policy.yaml:12:5 mql.threshold.score is above what can be reached (100)`, as editors make links of it. */
export const problemText = ({ file, line, column, path, message }: PlacedProblem): string =>
  `${file}:${line}:${column} ${pathText(path)} ${message}`;

/** The policy cannot be published as it is. One line per problem. */
export class InvalidPolicyError extends Error {
  override readonly name = 'InvalidPolicyError';
  readonly problems: readonly PlacedProblem[];

  constructor(problems: readonly PlacedProblem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}
