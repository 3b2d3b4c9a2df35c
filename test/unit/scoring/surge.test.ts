import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { hourOf, isSurge, type MqlHour, surgeOf } from '../../../shared/domain/surge.ts';
import { later } from '../../../shared/domain/time.ts';
import { defaultPolicy } from '../../support/default-policy.ts';

const policy = defaultPolicy({ surge: { over: 3, min: 20 } });
/** On the hour, so that the one before has passed. */
const now = '2026-11-24T10:00:00.000Z';
const atEndOfHour = '2026-11-24T10:59:59.999Z';
const ago = (hours: number, passed: number, held = 0): MqlHour => ({
  hour: hourOf(now) - hours,
  passed,
  held,
});
const every = (from: number, until: number, passed: number) =>
  Array.from({ length: until - from + 1 }, (_, i) => ago(from + i, passed));

const hoursOfAWeek = fc
  .uniqueArray(fc.record({ ago: fc.integer({ min: 0, max: 170 }), n: fc.integer({ min: 0, max: 60 }) }), {
    selector: (each) => each.ago,
    maxLength: 40,
  })
  .map((all) => all.map((each) => ago(each.ago, each.n, each.n % 7)));

describe('a surge', () => {
  test.prop([hoursOfAWeek, fc.integer({ min: 0, max: 3_599_999 })])(
    'is on where more than the limit come, also where that is told in short',
    (hours, intoTheHour) => {
      const at = later(now, intoTheHour);
      expect(isSurge(hours, policy, at)).toBe(surgeOf(hours, policy, at)?.isOn);
      expect(isSurge(hours, {}, at)).toBe(false);
    },
  );

  it('is nothing to a policy without a brake', () => {
    expect(surgeOf([ago(0, 10_000)], {}, now)).toBeUndefined();
  });

  it.each([
    ['nobody came', [], false],
    ['fewer than the minimum came', [ago(0, 19)], false],
    ['the minimum is reached where nothing is usual', [ago(0, 20)], true],
    ['held ones are as many', [ago(0, 5, 15)], true],
    ['the hour before was full and has just ended', [ago(1, 20)], true],
    ['three times the usual is not reached', [...every(1, 168, 10), ago(0, 19)], false],
    ['three times the usual is reached', [...every(2, 169, 10), ago(0, 30)], true],
  ] as const)('%s: %#', (_, hours, isOn) => {
    expect(surgeOf(hours, policy, now)?.isOn).toBe(isOn);
  });

  it('lets the hour before fade as this one passes', () => {
    const hours = [ago(1, 20), ago(0, 10)];
    expect(surgeOf(hours, policy, now)?.lastHour).toBeCloseTo(30);
    expect(surgeOf(hours, policy, later(now, 30 * 60_000))?.lastHour).toBeCloseTo(20);
    expect(surgeOf(hours, policy, atEndOfHour)?.lastHour).toBeCloseTo(10, 3);
  });

  it('knows the time of day: mornings are no surge where mornings are always full', () => {
    const mornings = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [-1, 0, 1].map((by) => ago(24 * day + by, 60)));
    expect(surgeOf(mornings, policy, now)).toMatchObject({ usual: 60, limit: 180 });
    // At another time of day the mean of all hours counts.
    expect(surgeOf(mornings, policy, later(now, 6 * 3_600_000))?.usual).toBeCloseTo((18 * 60) / 168 + 0, 0);
  });

  it('does not take days that an environment did not see for quiet ones', () => {
    expect(surgeOf(every(1, 48, 10), policy, now)?.usual).toBeCloseTo(10);
    expect(surgeOf(every(1, 168, 10), policy, now)?.usual).toBeCloseTo(10);
  });

  it('does not get used to what it holds back', () => {
    const held = Array.from({ length: 168 }, (_, i) => ago(i + 1, 0, 1000));
    expect(surgeOf(held, policy, now)?.usual).toBe(0);
  });
});
