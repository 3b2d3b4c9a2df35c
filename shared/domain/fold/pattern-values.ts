import type { Pattern } from '../../policy/schema.ts';
import type { TimelineEntry } from '../timeline.ts';
import { assetNumber } from './asset-number.ts';
import { localDay } from './local-day.ts';
import type { PatternTally } from './tally.ts';

type Values = PatternTally['values'];

/** Of `then`: what comes first, and what must follow. */
const first = 0;
const next = 1;

/** What a pattern remembers of an engagement of a kind in which it is interested. */
export const valuesIn = (pattern: Pattern, entry: TimelineEntry, zone: string): readonly number[] => {
  switch (pattern.type) {
    case 'days':
      return [localDay(entry.at, zone)];
    case 'distinct': {
      const asset = assetNumber(entry);
      return asset === undefined ? [] : [asset];
    }
    case 'then': {
      const firsts = entry.kind === pattern.kind ? [first] : [];
      return entry.kind === pattern.followedBy ? [...firsts, next] : firsts;
    }
  }
};

/** Whether it may complete the pattern together with others than those remembered. */
export const comesLate = (
  { type }: Pattern,
  values: Values,
  at: number,
  added: readonly number[],
): boolean => {
  if (type !== 'then') return at < latestOf(values);
  return (
    (added.includes(first) && latestOf(values, next) > at) ||
    (added.includes(next) && latestOf(values, first) >= at)
  );
};

/** Whether one that does not come late completes the pattern. */
export const isComplete = (
  { type, within, atLeast }: Pattern,
  values: Values,
  at: number,
  added: readonly number[],
): boolean => {
  if (type === 'then') return added.includes(next) && latestOf(values, first) > at - within;
  const others = values.filter((other) => other.at > at - within && !added.includes(other.value));
  return others.length + added.length >= atLeast;
};

/** With one more engagement. Values that no later one can need are left out: of an open pattern few remain. */
export const withValues = (
  { type, within }: Pattern,
  values: Values,
  at: number,
  added: readonly number[],
): Values => {
  const from = type === 'then' ? -Infinity : Math.max(at, latestOf(values)) - within;
  const others = values.filter(({ value }) => !added.includes(value));
  const renewed = added.map((value) => ({ value, at: Math.max(at, latestOf(values, value)) }));
  return [...others, ...renewed]
    .filter((one) => one.at > from)
    .sort((a, b) => a.at - b.at || a.value - b.value);
};

const latestOf = (values: Values, value?: number): number => {
  let latest = -Infinity;
  for (const one of values)
    if (one.at > latest && (value === undefined || one.value === value)) latest = one.at;
  return latest;
};
