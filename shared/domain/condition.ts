import type { Condition } from '../policy/schema.ts';

/** What a property of an engagement can be; undefined: it is not there. */
export type PropertyValue = string | number | boolean | undefined;

/** Whether a rule's condition on a property holds for its value. */
export const conditionHolds = (condition: Condition, value: PropertyValue): boolean =>
  isMet(condition, value) !== condition.not;

/** All parts of a condition must be met; a property that is absent meets only `exists: false`. */
const isMet = ({ equals, in: oneOf, prefix, range, exists }: Condition, value: PropertyValue): boolean => {
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
