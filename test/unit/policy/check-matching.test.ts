import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { conditionHolds } from '../../../shared/domain/fold/condition.ts';
import { ruleOf } from '../../../shared/domain/fold/rule-of.ts';
import { checkMatching } from '../../../shared/policy/check-matching.ts';
import type { Condition, Policy, Rule } from '../../../shared/policy/schema.ts';
import { defaultPolicy } from '../../support/default-policy.ts';

const depth = (parts: Partial<Condition>): Condition => ({ property: 'depth', not: false, ...parts });
const aRule = (when: readonly Condition[], kind: readonly string[] = ['viewed']): Rule => ({
  number: 1,
  kind: [...kind],
  when: [...when],
  category: 'website',
  points: 1,
  intent: false,
  label: { en: 'viewed', de: 'gesehen' },
});

const base = defaultPolicy();
const scoredBy = (rules: readonly Rule[]): Policy => ({
  ...base,
  scoring: { ...base.scoring, rules: [...rules] },
});

describe('a range', () => {
  it.each<[Partial<Condition>, readonly unknown[], readonly unknown[]]>([
    [{ range: { min: 2, max: 5 } }, [2, 3.5, 5], [1.999, 5.001, '3', true, undefined]],
    [{ range: { min: 2 } }, [2, 1e9], [1, '2', undefined]],
    [{ range: { max: -1 } }, [-1, -50.5], [-0.5, 0]],
    [{ range: { min: 0, max: 0 } }, [0, -0], [0.1, false, '', undefined]],
    // Turned round it takes whatever is no such number, also what is none, and what is not there.
    [{ range: { min: 2, max: 5 }, not: true }, [1.999, 5.001, '3', true, undefined], [2, 3.5, 5]],
    [{ range: { min: 2 }, exists: true, not: true }, [1, 'x', undefined], [2]],
    [{ range: { min: 2, max: 5 }, in: [1, 3] }, [3], [1, 2, 5]],
    [{ range: { min: 2, max: 5 }, in: [1, 3], not: true }, [1, 2, 5], [3]],
  ])('%j holds for %j, not for %j', (parts, holds, fails) => {
    const condition = depth(parts);
    const value = (one: unknown) => one as string | number | boolean | undefined;
    for (const one of holds) expect(conditionHolds(condition, value(one)), String(one)).toBe(true);
    for (const one of fails) expect(conditionHolds(condition, value(one)), String(one)).toBe(false);
  });

  it('and its negation take each number once', () => {
    const rules = [aRule([depth({ range: { min: 2 } })]), aRule([depth({ range: { min: 2 }, not: true })])];
    const by = (facets: Record<string, number>) => ruleOf({ kind: 'viewed', facets }, scoredBy(rules));
    expect(by({ depth: 2 })).toBe(rules[0]);
    expect(by({ depth: 1 })).toBe(rules[1]);
    expect(by({})).toBe(rules[1]);
    expect(checkMatching([], rules)).toEqual([]);
    expect(checkMatching([], [...rules, aRule([])])).toMatchObject([
      { path: [2, 'kind'], message: expect.stringContaining('entries 1, 2 take all of them before') },
    ]);
  });
});

describe('rules that all score something', () => {
  it.each<[string, readonly Rule[]]>([
    ['of other kinds', [aRule([], ['a']), aRule([], ['b'])]],
    ['narrow before wide', [aRule([depth({ range: { min: 3 } })]), aRule([depth({ range: { min: 2 } })])]],
    ['overlapping', [aRule([depth({ range: { max: 3 } })]), aRule([depth({ range: { min: 2 } })])]],
    [
      'of neighbouring ranges',
      [aRule([depth({ range: { max: 2 } })]), aRule([depth({ range: { min: 2 } })])],
    ],
    [
      'by other properties',
      [aRule([depth({ equals: 1 })]), aRule([{ property: 'plan', equals: 'pro', not: false }])],
    ],
    ['prefix in prefix', [aRule([depth({ prefix: '/a/b' })]), aRule([depth({ prefix: '/a' })])]],
    ['a text and a number', [aRule([depth({ equals: '1' })]), aRule([depth({ equals: 1 })])]],
    ['all but one', [aRule([depth({ in: ['a', 'b'] })]), aRule([depth({ exists: true })])]],
  ])('%s', (_, rules) => {
    expect(checkMatching([], rules)).toEqual([]);
  });
});

const literal = fc.constantFrom('a', 'ab', 'b', 1, 2, 3);
const end = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
const parts = fc.oneof(
  literal.map((equals) => ({ equals })),
  fc.uniqueArray(literal, { minLength: 1, maxLength: 3 }).map((all) => ({ in: all })),
  fc.constantFrom('a', 'ab', 'b').map((prefix) => ({ prefix })),
  fc.record({ min: end, max: end }).map((range) => ({ range })),
  fc.boolean().map((exists) => ({ exists })),
);
const condition = fc
  .tuple(fc.constantFrom('p', 'q'), parts, fc.boolean())
  .map(([property, one, not]) => ({ property, not, ...one }) as Condition);
const rules = fc.array(
  fc.array(condition, { maxLength: 3 }).map((when) => aRule(when)),
  { minLength: 1, maxLength: 4 },
);

/** All that these conditions can tell apart. */
const universe = [undefined, true, 'a', 'a?', 'ab', 'ab?', 'b', 'b?', '?', 0, 1, 1.5, 2, 2.5, 3, 4];
const engagements = universe.flatMap((p) =>
  universe.map((q) => ({
    kind: 'viewed',
    facets: { ...(p === undefined ? {} : { p }), ...(q === undefined ? {} : { q }) },
  })),
);

test.prop([rules], { numRuns: 300 })('exactly those are refused that score no engagement', (all) => {
  const policy = scoredBy(all);
  const scoring = new Set(engagements.map((engagement) => ruleOf(engagement, policy)));
  const idle = all.flatMap((rule, i) => (scoring.has(rule) ? [] : [i]));
  const refused = new Set(checkMatching([], all).map(({ path: [i] }) => i));
  expect([...refused].sort()).toEqual(idle);
});
