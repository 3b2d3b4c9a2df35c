import { problemIf } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { Pattern, PolicyRules, Rule } from './schema.ts';

type Scoring = PolicyRules['scoring'];

/** What a lead's item has for what its engagements add up to: each KB of it is paid with every write. */
export const mostStateBytes = 4096;

/** An epoch in milliseconds, or a sum. */
const timeBytes = 8;
/** A rule's number, the newest period it paid in, and since when. */
const periodBytes = 11;
/** A rule that has paid for one asset more keeps the time of the latest only. */
const mostAssets = 15;
/** An asset, and when it was paid. */
const assetBytes = 9;
/** A value of a pattern that is not complete yet, and its latest time. */
const valueBytes = 10;

/** Those with the most bytes first. */
const shares = ({ categories, rules, patterns }: Scoring) => {
  const perAsset = rules.filter(({ oncePer }) => oncePer === 'asset');
  const perPeriod = rules.filter(({ oncePer }) => oncePer !== undefined && oncePer !== 'asset');
  const names = Object.keys(categories);
  return [
    { bytes: sum(perAsset, perAssetBytes), what: `${perAsset.length} rules once per asset` },
    { bytes: sum(patterns, patternBytes), what: `${patterns.length} patterns` },
    { bytes: sum(perPeriod, () => periodBytes), what: `${perPeriod.length} other rules with oncePer` },
    { bytes: sum(names, () => timeBytes), what: `${names.length} categories` },
  ].sort((a, b) => b.bytes - a.bytes);
};

const perAssetBytes = (_: Rule): number => 2 + mostAssets * assetBytes;
const patternBytes = ({ type, atLeast }: Pattern): number =>
  2 + Math.max(timeBytes, (type === 'then' ? 2 : atLeast - 1) * valueBytes);

const sum = <T>(all: readonly T[], bytesOf: (one: T) => number): number =>
  all.reduce((bytes, one) => bytes + bytesOf(one), 0);

/** The most bytes that scoring by these rules can take in a lead, whatever it does. */
export const largestState = (scoring: Scoring): number => sum(shares(scoring), ({ bytes }) => bytes);

/** A lead's item holds what scoring needs to know of the past, whatever comes. */
export const checkStateSize = (scoring: Scoring): readonly PolicyProblem[] => {
  const bytes = largestState(scoring);
  return problemIf(
    bytes > mostStateBytes,
    ['scoring'],
    `can take ${bytes} bytes of each lead, but ${mostStateBytes} are possible: ${shares(scoring)
      .map((share) => `${share.what} take ${share.bytes}`)
      .join(
        ', ',
      )}; have fewer of them, once per day, week, month or ever instead of asset, or a smaller atLeast`,
  );
};
