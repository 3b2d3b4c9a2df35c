import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { largestState, mostStateBytes } from '../../../shared/policy/check-state-size.ts';
import { InvalidPolicyError, problemText } from '../../../shared/policy/policy-problem.ts';
import { readPolicy } from '../../../shared/policy/read-policy.ts';
import type { Rule } from '../../../shared/policy/schema.ts';

const shipped = readFileSync(new URL('../../../shared/policy/default/policy.yaml', import.meta.url), 'utf8');

/** The shipped policy with so many more rules. */
const withRules = (count: number, oncePer: NonNullable<Rule['oncePer']>): string => {
  const rules = Array.from(
    { length: count },
    (_, i) =>
      `    - { number: ${100 + i}, kind: extra-${i}, category: content, points: 1, oncePer: ${oncePer}, label: { en: e, de: e } }`,
  );
  return shipped.replace('  patterns: #', `${rules.join('\n')}\n  patterns: #`);
};

const problemsOf = (source: string): readonly string[] => {
  try {
    readPolicy(source);
    return [];
  } catch (error) {
    if (error instanceof InvalidPolicyError) return error.problems.map(problemText);
    throw error;
  }
};

describe('the largest state of a lead', () => {
  it('is small with the rules that ship', () => {
    expect(largestState(readPolicy(shipped).rules.scoring)).toBeLessThan(mostStateBytes / 3);
  });

  it('is refused if it is too large, with what to lower', () => {
    const [problem, ...others] = problemsOf(withRules(30, 'asset'));
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^policy\.yaml:\d+:1 scoring can take \d{4} bytes of each lead, but 4096 are possible: 36 rules once per asset take 4932, .*; have fewer of them, once per day, week, month or ever instead of asset/,
    );
  });

  it.each([
    ['as many assets as fit', 20, 'asset'],
    ['as many rules as there may be, once per period', 120, 'day'],
  ] as const)('lets pass %s', (_, count, oncePer) => {
    expect(problemsOf(withRules(count, oncePer))).toEqual([]);
  });
});
