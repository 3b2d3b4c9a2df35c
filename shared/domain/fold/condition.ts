import type { Condition } from '../../policy/schema.ts';
import type { Facet } from '../timeline.ts';

/** A condition with all its parts, so that each is read in the same way: rules are matched very often. */
export type IndexedCondition = Readonly<{
  property: string;
  not: boolean;
  absent: boolean;
  equals: Facet | undefined;
  oneOf: ReadonlySet<Facet> | undefined;
  prefix: string | undefined;
  isRange: boolean;
  min: number;
  max: number;
}>;

export const indexedCondition = (condition: Condition): IndexedCondition => ({
  property: condition.property,
  not: condition.not,
  absent: condition.exists === false,
  equals: condition.equals,
  oneOf: condition.in === undefined ? undefined : new Set<Facet>(condition.in),
  prefix: condition.prefix,
  isRange: condition.range !== undefined,
  min: condition.range?.min ?? -Infinity,
  max: condition.range?.max ?? Infinity,
});

export const holds = (condition: IndexedCondition, value: Facet | undefined): boolean =>
  isMet(condition, value) !== condition.not;

/** The same of a condition as the policy has it. */
export const conditionHolds = (condition: Condition, value: Facet | undefined): boolean =>
  holds(indexedCondition(condition), value);

/** All parts of a condition must be met; a property that is absent meets only `exists: false`. */
const isMet = (
  { absent, equals, oneOf, prefix, isRange, min, max }: IndexedCondition,
  value: Facet | undefined,
): boolean => {
  if (absent) return value === undefined;
  if (value === undefined) return false;
  return (
    (equals === undefined || value === equals) &&
    (oneOf === undefined || oneOf.has(value)) &&
    (prefix === undefined || (typeof value === 'string' && value.startsWith(prefix))) &&
    (!isRange || (typeof value === 'number' && value >= min && value <= max))
  );
};
