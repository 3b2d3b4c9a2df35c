import type { Metrics } from '../ports.ts';

/** Metrics that keep every value, by name. */
export const memoryMetrics = (): Metrics & Readonly<{ values: Map<string, number[]> }> => {
  const values = new Map<string, number[]>();
  return {
    values,
    add: (name, value) => {
      const known = values.get(name);
      if (known === undefined) values.set(name, [value]);
      else known.push(value);
    },
  };
};
