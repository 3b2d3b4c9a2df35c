import type { Condition, Rule } from '../../policy/schema.ts';

type Facets = Readonly<Record<string, string | number | boolean>>;

/** The one rule by which an engagement scores: the first that matches. */
export const ruleOf = (
  { kind, facets = {} }: Readonly<{ kind: string; facets?: Facets }>,
  rules: readonly Rule[],
): Rule | undefined =>
  rules.find((rule) => rule.kind.includes(kind) && rule.when.every((condition) => holds(condition, facets)));

const holds = (condition: Condition, facets: Facets): boolean =>
  isMet(condition, facets[condition.property]) !== condition.not;

/** All parts of a condition must be met; a property that is absent meets only `exists: false`. */
const isMet = (
  { equals, in: oneOf, prefix, range, exists }: Condition,
  value: string | number | boolean | undefined,
): boolean => {
  if (exists === false) return value === undefined;
  if (value === undefined) return false;
  return (
    (equals === undefined || value === equals) &&
    (oneOf === undefined || oneOf.some((other) => other === value)) &&
    (prefix === undefined || (typeof value === 'string' && value.startsWith(prefix))) &&
    (range === undefined || isWithin(range, value))
  );
};

const isWithin = ({ min, max }: NonNullable<Condition['range']>, value: string | number | boolean): boolean =>
  typeof value === 'number' && (min === undefined || value >= min) && (max === undefined || value <= max);
