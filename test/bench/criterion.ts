/** A number to reach, and what was measured. */
export type Criterion = Readonly<{
  name: string;
  value: number;
  limit: number;
  /** In words, as `target`. */
  measured: string;
  target: string;
  holds: boolean;
}>;

const digits = (value: number): string =>
  Number.isInteger(value) || Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en')
    : value.toFixed(value < 10 ? 3 : 1);

/** `detail` is said behind the number. */
export const atMost = (name: string, value: number, limit: number, unit = '', detail = ''): Criterion =>
  criterion(name, value, limit, '<=', value <= limit, unit, detail);

export const atLeast = (name: string, value: number, limit: number, unit = '', detail = ''): Criterion =>
  criterion(name, value, limit, '>=', value >= limit, unit, detail);

const criterion = (
  name: string,
  value: number,
  limit: number,
  sign: '<=' | '>=',
  holds: boolean,
  unit: string,
  detail: string,
): Criterion => ({
  name,
  value,
  limit,
  measured: [`${digits(value)}${unit}`, ...(detail === '' ? [] : [`(${detail})`])].join(' '),
  target: `${sign} ${limit.toLocaleString('en')}${unit}`,
  holds,
});

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Of this process, in milliseconds: neighbours on the machine change it little. */
export const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
