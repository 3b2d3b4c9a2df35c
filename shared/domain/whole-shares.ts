/**
 * Whole numbers, as near to the values as can be, that add up to `total`, which is the values' sum rounded: all are rounded
 * down, and what is missing then goes to the largest fractions. Of equal fractions the first comes first.
 */
export const wholeShares = (values: readonly number[], total: number): readonly number[] => {
  const missing = total - values.reduce((sum, value) => sum + Math.floor(value), 0);
  const byFraction = [...values.keys()].sort((a, b) => fraction(values[b]) - fraction(values[a]));
  const raised = new Set(byFraction.slice(0, Math.max(0, missing)));
  return values.map((value, i) => Math.floor(value) + (raised.has(i) ? 1 : 0));
};

const fraction = (value = 0): number => value - Math.floor(value);
