/** A state that a table could not hold as it is. */
export class NotStorableError extends Error {
  override readonly name = 'NotStorableError';
}

/**
 * A value as it comes back from storage: plain objects and lists, without what is undefined, and frozen, so that whoever
 * would change it fails at once. What is frozen came from here: it never changes, and needs no second copy.
 * @throws NotStorableError if something would not survive: a date, a map, a function, a number that is none.
 */
export const storedValue = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null)
    return Object.isFrozen(value) ? value : storedObject(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value))
    return value;
  throw new NotStorableError(`${typeof value} ${String(value)} cannot be stored`);
};

const storedObject = <T extends object>(value: T): T => {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? value.map((each: unknown) => storedValue(each))
    : storedFields(value);
  // Field by field the same, but for those that were undefined.
  return Object.freeze(copy) as T;
};

const storedFields = (value: object): Record<string, unknown> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new NotStorableError(`a ${value.constructor.name} cannot be stored`);
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw new NotStorableError(`a field ${key} cannot be stored`);
    // It is one of its own keys.
    const field: unknown = value[key as keyof typeof value];
    if (field !== undefined) fields[key] = storedValue(field);
  }
  return fields;
};
