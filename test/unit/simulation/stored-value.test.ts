import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { memoryAggregates, memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { NotStorableError, storedValue } from '../../../shared/simulation/stored-value.ts';

describe('a value that was stored', () => {
  test.prop([fc.jsonValue()])('is what JSON makes of it', (value) => {
    fc.pre(!JSON.stringify(value).includes('__proto__'));
    // As text, for JSON knows no -0.
    expect(JSON.stringify(storedValue(value))).toBe(JSON.stringify(value));
  });

  it('has no fields that were undefined', () => {
    expect(Object.keys(storedValue({ a: 1, b: undefined, c: { d: undefined } }).c)).toEqual([]);
  });

  it('shares what was stored before, and nothing else', () => {
    const before = storedValue({ plan: { steps: [1] } });
    const mine = [2];
    const after = storedValue({ ...before, mine });
    expect(after.plan).toBe(before.plan);
    mine.push(3);
    expect(after.mine).toEqual([2]);
  });

  it.each([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a set', new Set()],
    ['a function', () => 1],
    ['no number', Number.NaN],
    ['a list with a hole', [undefined]],
    ['a prototype', JSON.parse('{"__proto__": {"polluted": true}}')],
  ])('is never %s', (_, value) => {
    expect(() => storedValue({ deep: [{ value }] })).toThrow(NotStorableError);
  });

  it('cannot be changed by whoever loads it', async () => {
    const aggregates = memoryAggregates<{ crate: { apples: number[] } }>(memoryTable());
    await aggregates.commit([{ kind: 'crate', id: '1', version: 0, state: { apples: [1] }, facts: [] }]);
    const { state } = await aggregates.load('crate', '1');
    expect(() => state?.apples.push(2)).toThrow(TypeError);
  });
});
