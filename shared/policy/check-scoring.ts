import { longestFacet } from '../domain/facets.ts';
import type { Facet } from '../domain/timeline.ts';
import { checkMatching } from './check-matching.ts';
import { checkStateSize } from './check-state-size.ts';
import { duplicates, problemIf, unknownName } from './find-problems.ts';
import type { PolicyPath, PolicyProblem } from './policy-problem.ts';
import type { Condition, PolicyRules } from './schema.ts';

/** Rules, patterns and categories fit together. */
export const checkScoring = ({ scoring }: PolicyRules): readonly PolicyProblem[] => [
  ...checkRules(scoring),
  ...checkMatching(['scoring', 'rules'], scoring.rules),
  ...checkPatterns(scoring),
  ...checkCategories(scoring),
  ...checkStateSize(scoring),
];

type Scoring = PolicyRules['scoring'];

const checkRules = ({ rules, categories }: Scoring): readonly PolicyProblem[] => {
  const path = ['scoring', 'rules'];
  const known = new Set(Object.keys(categories));
  return [
    ...problemIf(rules.length === 0, path, 'is empty: nothing would ever score'),
    ...duplicates(path, rules, 'number'),
    ...rules.flatMap((rule, i) => [
      ...unknownName([...path, i, 'category'], rule.category, known, 'category'),
      ...problemIf(
        rule.intent && rule.points <= 0,
        [...path, i, 'points'],
        'must be above 0: an intent signal is worth something',
      ),
      ...rule.when.flatMap((condition, j) => checkCondition([...path, i, 'when', j], condition)),
      ...rule.kind.flatMap((kind, j) =>
        problemIf(rule.kind.indexOf(kind) !== j, [...path, i, 'kind'], `names ${kind} twice`),
      ),
    ]),
  ];
};

const checkCondition = (path: PolicyPath, condition: Condition): readonly PolicyProblem[] => {
  const { equals, in: oneOf, prefix, range, exists } = condition;
  return [
    ...problemIf(
      exists === false && [equals, oneOf, prefix, range].some((test) => test !== undefined),
      [...path, 'exists'],
      'is false: what is not there cannot be compared; leave out one or the other',
    ),
    ...problemIf(
      [equals, oneOf, prefix, range, exists].every((test) => test === undefined),
      path,
      'tests nothing: write equals, in, prefix, range or exists',
    ),
    ...problemIf(oneOf?.length === 0, [...path, 'in'], 'is empty: nothing is ever in it'),
    ...problemIf(
      (range?.min ?? -Infinity) > (range?.max ?? Infinity),
      [...path, 'range'],
      'has min above max: no number lies in it',
    ),
    ...tooLong([...path, 'equals'], equals),
    ...(oneOf ?? []).flatMap((value, i) => tooLong([...path, 'in', i], value)),
    ...tooLong([...path, 'prefix'], prefix),
  ];
};

/** What a lead did is kept with the beginning of each text; a rule that asked for more would never match. */
const tooLong = (path: PolicyPath, value: Facet | undefined): readonly PolicyProblem[] =>
  problemIf(
    typeof value === 'string' && value.length > longestFacet,
    path,
    `is longer than ${longestFacet} characters: only so many are kept of what a lead did, so it would never match`,
  );

const checkPatterns = ({ rules, patterns, categories }: Scoring): readonly PolicyProblem[] => {
  const path = ['scoring', 'patterns'];
  const knownCategories = new Set(Object.keys(categories));
  const knownKinds = new Set(rules.flatMap(({ kind }) => kind));
  const scored = 'kind that a rule scores';
  return [
    ...duplicates(path, patterns, 'number'),
    ...duplicates(path, patterns, 'name'),
    ...patterns.flatMap(({ category, kind, type, followedBy, within }, i) => [
      ...unknownName([...path, i, 'category'], category, knownCategories, 'category'),
      ...unknownName([...path, i, 'kind'], kind, knownKinds, scored),
      ...(followedBy === undefined
        ? []
        : unknownName([...path, i, 'followedBy'], followedBy, knownKinds, scored)),
      ...problemIf(
        (type === 'then') !== (followedBy !== undefined),
        [...path, i, 'followedBy'],
        type === 'then' ? 'is missing: what must follow?' : 'is only for patterns of type then',
      ),
      ...problemIf(
        type === 'then' && followedBy === kind,
        [...path, i, 'followedBy'],
        `is ${kind}, as kind is: choose another, or count days or distinct ones`,
      ),
      ...problemIf(within <= 0, [...path, i, 'within'], 'must be above 0'),
    ]),
  ];
};

const checkCategories = ({ categories }: Scoring): readonly PolicyProblem[] =>
  Object.entries(categories).flatMap(([name, { cap, floor, halfLife }]) => [
    ...problemIf(halfLife <= 0, ['scoring', 'categories', name, 'halfLife'], 'must be above 0'),
    ...problemIf(
      cap === 0 && floor === 0,
      ['scoring', 'categories', name, 'cap'],
      'must be above 0, or floor below 0: nothing in it would ever count',
    ),
  ]);
