import { describe, expect, it } from 'vitest';
import { makePacer, workedOff } from '../../../infra/cli/import/work-off.ts';

const queue = (...counts: readonly number[]) => {
  let asked = 0;
  return {
    asked: () => asked,
    backlog: async () => counts[Math.min(asked++, counts.length - 1)] ?? 0,
  };
};
const noSleep = async () => undefined;

describe('waiting for the queue', () => {
  it('trusts only several zeros, for counts are approximate', async () => {
    const target = queue(5, 0, 3, 0, 0, 0);
    const told: number[] = [];
    expect(await workedOff(target, noSleep, (left) => told.push(left))).toBe(0);
    expect(told).toEqual([5, 0, 3, 0, 0, 0]);
  });

  it('gives up on a queue that does not get shorter', async () => {
    expect(await workedOff(queue(7), noSleep, () => undefined)).toBe(7);
  });

  it('keeps the queue short while an import goes on', async () => {
    const target = queue(1500, 1200, 900);
    const pace = makePacer(target, noSleep);
    for (let i = 0; i < 24; i++) await pace(10);
    expect(target.asked()).toBe(0);
    await pace(10);
    expect(target.asked()).toBe(3);
  });
});
