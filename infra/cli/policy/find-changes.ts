import { isDeepStrictEqual } from 'node:util';

/** One value that is not what it was; undefined: it is not there. */
export type Change = Readonly<{ path: readonly string[]; from: unknown; to: unknown }>;

/** All values that differ. Lists and durations are values: they change as a whole. */
export const findChanges = (from: unknown, to: unknown, path: readonly string[] = []): readonly Change[] => {
  if (isDeepStrictEqual(from, to)) return [];
  if (!isBranch(from) || !isBranch(to)) return [{ path, from, to }];
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap((key) => findChanges(from[key], to[key], [...path, key]));
};

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('ms' in value || 'days' in value);

/** What became of named entries. */
export type Entries<T> = Readonly<{
  added: readonly T[];
  removed: readonly T[];
  changed: readonly Readonly<{ from: T; to: T }>[];
  /** Those that are in both stand in another order. */
  reordered: boolean;
}>;

export const compareEntries = <T>(
  from: readonly T[],
  to: readonly T[],
  nameOf: (entry: T) => string | number,
): Entries<T> => {
  const before = new Map(from.map((entry) => [nameOf(entry), entry]));
  const after = new Map(to.map((entry) => [nameOf(entry), entry]));
  const kept = [...before.keys()].filter((name) => after.has(name));
  const keptNow = [...after.keys()].filter((name) => before.has(name));
  return {
    added: to.filter((entry) => !before.has(nameOf(entry))),
    removed: from.filter((entry) => !after.has(nameOf(entry))),
    changed: to.flatMap((entry) => {
      const earlier = before.get(nameOf(entry));
      return earlier === undefined || isDeepStrictEqual(earlier, entry) ? [] : [{ from: earlier, to: entry }];
    }),
    reordered: !isDeepStrictEqual(kept, keptNow),
  };
};
