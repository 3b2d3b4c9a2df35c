import type { Facet } from '../domain/timeline.ts';
import type { Condition } from './schema.ts';

/**
 * Values of one property that tell conditions on it apart: whatever a value meets of these conditions, one of them meets
 * the same. So what none of them meets, no value does.
 */
export const tellingValues = (conditions: readonly Condition[]): readonly (Facet | undefined)[] => {
  const literals = conditions.flatMap(({ equals, in: oneOf = [] }) =>
    equals === undefined ? oneOf : [equals, ...oneOf],
  );
  const bounds = conditions.flatMap(({ range }) =>
    [range?.min, range?.max].filter((end) => end !== undefined),
  );
  const numbers = literals.filter((literal) => typeof literal === 'number');
  const prefixes = conditions.flatMap(({ prefix }) => (prefix === undefined ? [] : [prefix]));
  return [
    undefined,
    true,
    false,
    ...literals.filter((literal) => typeof literal !== 'number'),
    ...withNumbersBetween([...numbers, ...bounds]),
    ...prefixes,
    ...['', ...prefixes].map((prefix) => prefix + unheardOf),
  ];
};

/** No policy names a text that ends in it. */
const unheardOf = '\u{10FFFF}';

/** And one below all, one above all. */
const withNumbersBetween = (numbers: readonly number[]): readonly number[] => {
  const sorted = [...new Set([0, ...numbers])].sort((a, b) => a - b);
  const between = sorted.map((number, i) => (number + (sorted[i + 1] ?? number + 2)) / 2);
  return [(sorted[0] ?? 0) - 1, ...sorted, ...between];
};
