import { duplicates, problemIf, unknownName } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules, Rule } from './schema.ts';

/** Rules, patterns, segments and criteria fit together. */
export const checkScoring = (policy: PolicyRules): readonly PolicyProblem[] => [
  ...checkRules(policy),
  ...checkPatterns(policy),
  ...checkCategories(policy),
  ...checkSegments(policy),
  ...checkCriteria(policy),
];

const checkRules = ({ scoring: { rules, categories } }: PolicyRules): readonly PolicyProblem[] => {
  const path = ['scoring', 'rules'];
  const known = new Set(Object.keys(categories));
  return [
    ...duplicates(path, rules, 'number'),
    ...rules.flatMap((rule, i) => [
      ...unknownName([...path, i, 'category'], rule.category, known, 'category'),
      ...problemIf(
        rule.intent && rule.points <= 0,
        [...path, i, 'points'],
        'must be above 0: an intent signal is worth something',
      ),
      ...rule.kind.flatMap((kind) => {
        const earlier = rules.slice(0, i).findIndex((other) => takesAll(other, kind));
        return problemIf(
          earlier >= 0,
          [...path, i, 'kind'],
          `never scores ${kind}: entry ${earlier + 1} takes all of them before`,
        );
      }),
    ]),
  ];
};

const takesAll = ({ kind, when }: Rule, wanted: string): boolean =>
  when.length === 0 && kind.includes(wanted);

const checkPatterns = ({
  scoring: { rules, patterns, categories },
}: PolicyRules): readonly PolicyProblem[] => {
  const path = ['scoring', 'patterns'];
  const knownCategories = new Set(Object.keys(categories));
  const knownKinds = new Set(rules.flatMap(({ kind }) => kind));
  return [
    ...duplicates(path, patterns, 'number'),
    ...duplicates(path, patterns, 'name'),
    ...patterns.flatMap((pattern, i) => [
      ...unknownName([...path, i, 'category'], pattern.category, knownCategories, 'category'),
      ...unknownName([...path, i, 'kind'], pattern.kind, knownKinds, 'kind that a rule scores'),
      ...(pattern.followedBy === undefined
        ? []
        : unknownName([...path, i, 'followedBy'], pattern.followedBy, knownKinds, 'kind that a rule scores')),
      ...problemIf(
        (pattern.type === 'then') !== (pattern.followedBy !== undefined),
        [...path, i, 'followedBy'],
        pattern.type === 'then' ? 'is missing: what must follow?' : 'is only for patterns of type then',
      ),
    ]),
  ];
};

const checkCategories = ({ scoring: { categories } }: PolicyRules): readonly PolicyProblem[] =>
  Object.entries(categories).flatMap(([name, { cap, floor, halfLife }]) => [
    ...problemIf(floor > cap, ['scoring', 'categories', name, 'floor'], `is above the cap (${cap})`),
    ...problemIf(halfLife <= 0, ['scoring', 'categories', name, 'halfLife'], 'must be above 0'),
  ]);

const checkSegments = ({ segments, scoring: { fit } }: PolicyRules): readonly PolicyProblem[] => {
  const known = new Set([...segments.map(({ name }) => name), 'unknown']);
  return [
    ...duplicates(['segments'], segments, 'name'),
    ...Object.keys(fit.segment).flatMap((name) =>
      unknownName(['scoring', 'fit', 'segment', name], name, known, 'segment'),
    ),
  ];
};

const checkCriteria = ({ mql, scoring }: PolicyRules): readonly PolicyProblem[] => {
  const { score, engagement, fit } = mql.threshold;
  const path = ['mql', 'threshold'];
  const reachable = scoring.engagementCap + scoring.fit.cap;
  const emailCap = scoring.categories.email?.cap;
  return [
    ...problemIf(score > reachable, [...path, 'score'], `is above what can be reached (${reachable})`),
    ...problemIf(
      engagement > scoring.engagementCap,
      [...path, 'engagement'],
      `is above the engagement cap (${scoring.engagementCap})`,
    ),
    ...problemIf(fit > scoring.fit.cap, [...path, 'fit'], `is above the cap of fit (${scoring.fit.cap})`),
    ...problemIf(
      emailCap !== undefined && emailCap >= engagement,
      ['scoring', 'categories', 'email', 'cap'],
      `must be below mql.threshold.engagement (${engagement}): mail alone never makes an MQL`,
    ),
    ...problemIf(
      mql.cold.engagement >= engagement,
      ['mql', 'cold', 'engagement'],
      `must be below mql.threshold.engagement (${engagement}): what just qualified is not cold`,
    ),
    ...mql.hot.flatMap((hot, i) => [
      ...problemIf(
        Object.keys(hot).length === 0,
        ['mql', 'hot', i],
        'has no condition: everybody would be hot',
      ),
      ...problemIf(
        (hot.score ?? 0) > reachable,
        ['mql', 'hot', i, 'score'],
        `is above what can be reached (${reachable})`,
      ),
    ]),
  ];
};
