import { knownNames } from './closest-name.ts';
import type { PolicyPath, PolicyProblem } from './policy-problem.ts';

/** The second and later ones that bear the same `key`. */
export const duplicates = <T>(
  path: PolicyPath,
  entries: readonly T[],
  key: keyof T & string,
): readonly PolicyProblem[] => {
  const seen = new Map<unknown, number>();
  return entries.flatMap((entry, i) => {
    const first = seen.get(entry[key]);
    if (first === undefined) {
      seen.set(entry[key], i);
      return [];
    }
    return [
      {
        path: [...path, i, key],
        message: `is given twice: entry ${first + 1} has ${String(entry[key])} already`,
      },
    ];
  });
};

/** A name that must be one of `known`. */
export const unknownName = (
  path: PolicyPath,
  name: string,
  known: ReadonlySet<string>,
  what: string,
): readonly PolicyProblem[] =>
  known.has(name)
    ? []
    : [{ path, message: `is ${name}, which names no ${what}: ${knownNames(name, known)}` }];

/** A problem if `wrong`. */
export const problemIf = (wrong: boolean, path: PolicyPath, message: string): readonly PolicyProblem[] =>
  wrong ? [{ path, message }] : [];
