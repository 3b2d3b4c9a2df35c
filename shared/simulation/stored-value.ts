/** A state that a table could not hold as it is. */
export class NotStorableError extends Error {
  override readonly name = 'NotStorableError';
}

/** Values that came from here: they never change, so they need no second copy. */
const stored = new WeakSet<object>();

/**
 * A value as it comes back from storage: plain objects and lists, without what is undefined, and frozen, so that whoever
 * would change it fails at once. Parts that were stored before are shared, not copied.
 * @throws NotStorableError if something would not survive: a date, a map, a function, a number that is none.
 */
export const storedValue = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) return stored.has(value) ? value : storedObject(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value))
    return value;
  throw new NotStorableError(`${typeof value} ${String(value)} cannot be stored`);
};

const storedObject = <T extends object>(value: T): T => {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? value.map((each: unknown) => storedValue(each))
    : storedFields(value);
  stored.add(Object.freeze(copy));
  // Field by field the same, but for those that were undefined.
  return copy as T;
};

const storedFields = (value: object): Record<string, unknown> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new NotStorableError(`a ${value.constructor.name} cannot be stored`);
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) if (field !== undefined) fields[key] = storedValue(field);
  return fields;
};
