import { problemIf, unknownName } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules, Prefill } from './schema.ts';

/** What sales is to know can be known, and what it takes to be an SQL says more than what it takes to be looked at. */
export const checkQualification = (policy: PolicyRules): readonly PolicyProblem[] => [
  ...checkPrefill(policy),
  ...checkAccept(policy.qualification),
  ...checkSql(policy.qualification),
];

const checkPrefill = ({ qualification, scoring }: PolicyRules): readonly PolicyProblem[] => {
  const bands = new Set(Object.keys(scoring.fit.role));
  return Object.entries(qualification.prefill).flatMap(([criterion, source]) =>
    checkSource(['qualification', 'prefill', criterion], source, bands),
  );
};

const checkSource = (
  path: readonly string[],
  source: Prefill,
  bands: ReadonlySet<string>,
): readonly PolicyProblem[] => {
  switch (source.from) {
    case 'country':
      return [];
    case 'role':
      return [
        ...problemIf(source.met.length === 0, [...path, 'met'], 'is empty: no role would ever meet it'),
        ...source.met.flatMap((band, i) =>
          unknownName([...path, 'met', i], band, bands, 'role of scoring.fit'),
        ),
      ];
    case 'answer': {
      const both = source.unknown.find((words) => source.notMet.includes(words));
      return problemIf(
        both !== undefined,
        [...path, 'unknown'],
        `has ${both}, which notMet has already: it cannot mean both`,
      );
    }
  }
};

type Rules = PolicyRules['qualification'];

const checkAccept = ({ accept }: Rules): readonly PolicyProblem[] => [
  ...repeated(['accept', 'known'], accept.known),
  ...repeated(['accept', 'notNotMet'], accept.notNotMet),
];

const checkSql = ({ sql }: Rules): readonly PolicyProblem[] => {
  const path = ['qualification', 'sql'];
  return [
    ...repeated(['sql', 'met'], sql.met),
    ...repeated(['sql', 'notNotMet'], sql.notNotMet),
    ...problemIf(
      sql.met.length === 0 && sql.atLeast === 0,
      [...path, 'met'],
      'is empty, and atLeast is 0: whoever is accepted would be an SQL',
    ),
    ...sql.notNotMet.flatMap((criterion, i) =>
      problemIf(
        sql.met.includes(criterion),
        [...path, 'notNotMet', i],
        `is ${criterion}, which must be met anyway: leave it out here`,
      ),
    ),
    ...problemIf(
      sql.atLeast > 0 && sql.atLeast <= sql.met.length,
      [...path, 'atLeast'],
      `is ${sql.atLeast}, but ${sql.met.length} must be met anyway: write more, or 0`,
    ),
  ];
};

const repeated = (path: readonly string[], names: readonly string[]): readonly PolicyProblem[] =>
  names.flatMap((name, i) =>
    problemIf(
      names.indexOf(name) < i,
      ['qualification', ...path, i],
      `is given twice: ${name} is there already`,
    ),
  );
