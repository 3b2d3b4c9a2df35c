import { compareEntries } from './find-changes.ts';

/** What became of entries that have names: each in the words that describe it, and whether their order is another. */
export const diffNamed = <T>(
  from: readonly T[],
  to: readonly T[],
  what: string,
  nameOf: (entry: T) => string,
  wordsOf: (entry: T) => string,
): readonly string[] => {
  const { added, removed, changed, reordered } = compareEntries(from, to, nameOf);
  return [
    ...added.map((entry) => `the ${what} ${nameOf(entry)} is new: ${wordsOf(entry)}`),
    ...removed.map((entry) => `the ${what} ${nameOf(entry)} is gone; it was: ${wordsOf(entry)}`),
    ...changed.map(
      (entry) =>
        `the ${what} ${nameOf(entry.to)} now says: ${wordsOf(entry.to)}; before: ${wordsOf(entry.from)}`,
    ),
    ...(reordered ? [`the ${what}s have another order: ${to.map(nameOf).join(', ')}`] : []),
  ];
};
