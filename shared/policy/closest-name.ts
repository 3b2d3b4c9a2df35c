/** The known name that somebody most likely meant; undefined if none is near. */
export const closestName = (name: string, known: Iterable<string>): string | undefined => {
  const near = [...known]
    .map((other) => ({ other, edits: editsBetween(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, edits }) => edits <= Math.max(1, Math.floor(Math.max(name.length, other.length) / 3)))
    .sort((a, b) => a.edits - b.edits);
  return near[0]?.other;
};

/** `do you mean "fit"? Known are fit, score`; shortened where there are many. */
export const knownNames = (name: string, known: ReadonlySet<string>): string => {
  const meant = closestName(name, known);
  const all = [...known];
  const shown =
    all.length <= mostShown
      ? all.join(', ')
      : `${all.slice(0, mostShown).join(', ')} and ${all.length - mostShown} more`;
  return meant === undefined ? `known are ${shown}` : `do you mean "${meant}"? Known are ${shown}`;
};

const mostShown = 12;

/** Letters to put in, take out or change; two neighbours that changed places are one edit. */
const editsBetween = (from: string, to: string): number => {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const row = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const changed = (last[j] ?? 0) + (letter === other ? 0 : 1);
      const swapped =
        i > 0 && j > 0 && letter === to[j - 1] && from[i - 1] === other
          ? (beforeLast[j - 1] ?? 0) + 1
          : Infinity;
      row.push(Math.min((row[j] ?? 0) + 1, (last[j + 1] ?? 0) + 1, changed, swapped));
    }
    [beforeLast, last] = [last, row];
  }
  return last[to.length] ?? 0;
};
