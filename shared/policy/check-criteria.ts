import { problemIf } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import { reachablePoints } from './reachable-points.ts';
import type { PolicyRules } from './schema.ts';

/** What makes an MQL, and a hot one, can be reached, and by interest and fit together. */
export const checkCriteria = (policy: PolicyRules): readonly PolicyProblem[] => {
  const { mql, scoring } = policy;
  const { score, engagement, fit } = mql.threshold;
  const path = ['mql', 'threshold'];
  const most = reachablePoints(policy);
  const emailCap = scoring.categories.email?.cap;
  const reach = (points: number, reachable: number) =>
    `is ${points}, above what can be reached (${reachable}): lower it, or raise caps and points`;
  return [
    ...problemIf(score > most.score, [...path, 'score'], reach(score, most.score)),
    ...problemIf(engagement > most.engagement, [...path, 'engagement'], reach(engagement, most.engagement)),
    ...problemIf(fit > most.fit, [...path, 'fit'], reach(fit, most.fit)),
    ...problemIf(score <= 0, [...path, 'score'], 'must be above 0: everybody would be an MQL'),
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
        hot.intent === undefined && (hot.score ?? 0) <= score && (hot.fit ?? 0) <= fit,
        ['mql', 'hot', i],
        'asks for no more than an MQL has: every one would be hot',
      ),
      ...problemIf(
        (hot.score ?? 0) > most.score,
        ['mql', 'hot', i, 'score'],
        reach(hot.score ?? 0, most.score),
      ),
      ...problemIf((hot.fit ?? 0) > most.fit, ['mql', 'hot', i, 'fit'], reach(hot.fit ?? 0, most.fit)),
    ]),
  ];
};
