/** One row of a bill. */
export type CostLine = Readonly<{
  what: string;
  /** How much of it, as people read it: `32 alarms`. */
  amount: string;
  dollars: number;
}>;

export const sumOf = (lines: readonly CostLine[]): number =>
  lines.reduce((sum, { dollars }) => sum + dollars, 0);

/** 1,234,567 */
export const grouped = (count: number): string => Math.round(count).toLocaleString('en-US');
