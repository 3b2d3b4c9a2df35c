import type { Duration } from '../../../shared/policy/duration.ts';
import type { Change } from './find-changes.ts';
import { clockTime, durationWords, listed, percent } from './words.ts';

/** `mail.cap.per7d is 3 instead of 2`, `targets.mqlToSal.goal is 40% instead of 30%`. */
export const changeWords = ({ path, from, to }: Change, subject = path.join('.')): string => {
  if (Array.isArray(from) && Array.isArray(to)) return listWords(subject, from, to);
  const [before, after] = [valueWords(path, from), valueWords(path, to)];
  if (from === undefined) return `${subject} is new: ${after}`;
  return to === undefined
    ? `${subject} is gone; it was ${before}`
    : `${subject} is ${after} instead of ${before}`;
};

/** Fields that hold milliseconds, and those that hold shares of 1. */
const times = new Set([
  'halfLife',
  'within',
  'rest',
  'reentryAfter',
  'after',
  'hotNotOlderThan',
  'digestAfter',
]);
const shares = new Set(['goal', 'adviseBelow']);

const valueWords = (path: readonly string[], value: unknown): string => {
  const field = path.at(-1) ?? '';
  if (typeof value === 'number' && times.has(field)) return clockTime(value);
  if (typeof value === 'number' && shares.has(field)) return percent(value);
  if (isDuration(value)) return durationWords(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const isDuration = (value: unknown): value is Duration =>
  typeof value === 'object' && value !== null && 'type' in value && ('ms' in value || 'days' in value);

const listWords = (subject: string, from: readonly unknown[], to: readonly unknown[]): string => {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const [before, after] = [from.map(text), to.map(text)];
  const parts = [
    ...phrase(
      'has',
      after.filter((value) => !before.includes(value)),
      'too',
    ),
    ...phrase(
      'has',
      before.filter((value) => !after.includes(value)),
      'no longer',
    ),
  ];
  return parts.length === 0 ? `${subject} has another order` : `${subject} ${parts.join(' and ')}`;
};

const phrase = (verb: string, values: readonly string[], how: string): readonly string[] =>
  values.length === 0 ? [] : [`${verb} ${listed(values)} ${how}`];
