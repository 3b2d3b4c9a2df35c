import { conditionHolds } from '../domain/fold/condition.ts';
import type { Facet } from '../domain/timeline.ts';
import { problemIf } from './find-problems.ts';
import type { PolicyPath, PolicyProblem } from './policy-problem.ts';
import type { Condition, Rule } from './schema.ts';
import { tellingValues } from './telling-values.ts';

/** Every rule scores something: its conditions can hold, and those before it leave some for it. */
export const checkMatching = (path: PolicyPath, rules: readonly Rule[]): readonly PolicyProblem[] =>
  rules.flatMap((rule, i) => {
    const contradictions = contradictionsIn([...path, i, 'when'], rule.when);
    return contradictions.length > 0
      ? contradictions
      : untouched([...path, i, 'kind'], rule, rules.slice(0, i));
  });

const contradictionsIn = (path: PolicyPath, when: readonly Condition[]): readonly PolicyProblem[] =>
  when.flatMap((condition, j) => {
    const { property } = condition;
    const earlier = when.slice(0, j).filter((other) => other.property === property);
    if (!canHold([condition]))
      return problemIf(
        true,
        [...path, j],
        `is never met: no ${property} fits ${partsOf(condition)}; leave one of them out`,
      );
    const other = when.findIndex(
      (one, k) => k < j && one.property === property && !canHold([one, condition]),
    );
    return problemIf(
      !canHold([...earlier, condition]) && canHold(earlier),
      [...path, j],
      other < 0
        ? `is never met together with what is said of ${property} before: leave one of them out`
        : `is never met together with entry ${other + 1}: no ${property} fits both; leave one of them out`,
    );
  });

/** Of conditions on one property. */
const canHold = (conditions: readonly Condition[]): boolean =>
  tellingValues(conditions).some((value) =>
    conditions.every((condition) => conditionHolds(condition, value)),
  );

const partsOf = (condition: Condition): string =>
  (['equals', 'in', 'prefix', 'range', 'exists'] as const)
    .filter((part) => condition[part] !== undefined)
    .join(' and ');

/** Of a rule that can match: the kinds of which those before it leave it none. */
const untouched = (path: PolicyPath, rule: Rule, before: readonly Rule[]): readonly PolicyProblem[] =>
  rule.kind.flatMap((kind) => {
    const rivals = before.flatMap((other, i) =>
      other.kind.includes(kind) ? [{ when: other.when, entry: i + 1 }] : [],
    );
    const alone = rivals.find(({ when }) => takesAll([when], rule.when));
    const together =
      alone === undefined &&
      takesAll(
        rivals.map(({ when }) => when),
        rule.when,
      );
    const takers = alone === undefined ? rivals : [alone];
    const who = `${takers.length === 1 ? 'entry' : 'entries'} ${takers.map(({ entry }) => entry).join(', ')}`;
    return problemIf(
      alone !== undefined || together,
      path,
      `never scores ${kind}: ${who} ${takers.length === 1 ? 'takes' : 'take'} all of them before; ${remedy(rule)}`,
    );
  });

const remedy = ({ when }: Rule): string =>
  when.length === 0 ? 'give it a condition (when), or leave one out' : 'move it up, or leave it out';

type Facets = ReadonlyMap<string, Facet | undefined>;

/** So many engagements are tried; where there would be more, the rule is taken to score some. */
const mostTries = 20_000;

/** Whether every engagement that meets `when` meets all conditions of one of the others. */
const takesAll = (others: readonly (readonly Condition[])[], when: readonly Condition[]): boolean => {
  const all = [...when, ...others.flat()];
  const properties = [...new Set(all.map(({ property }) => property))].map((property) => {
    const of = (conditions: readonly Condition[]) => conditions.filter((one) => one.property === property);
    const values = tellingValues(of(all)).filter((value) =>
      of(when).every((one) => conditionHolds(one, value)),
    );
    return { property, values };
  });
  let tries = 0;
  const leavesSome = (facets: Facets, [next, ...rest]: typeof properties): boolean => {
    if (++tries > mostTries) return true;
    if (next !== undefined)
      return next.values.some((value) => leavesSome(new Map([...facets, [next.property, value]]), rest));
    return !others.some((other) => other.every((one) => conditionHolds(one, facets.get(one.property))));
  };
  return !leavesSome(new Map(), properties);
};
