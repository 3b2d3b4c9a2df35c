import { describe, expect, it } from 'vitest';
import { nextMondayMorning, virtualClock } from '../../infra/local/virtual-clock.ts';

describe('the next Monday morning in Berlin', () => {
  it.each([
    ['a Tuesday', '2026-11-24T20:00:00.000Z', '2026-11-30T08:00:00.000Z'],
    ['a Sunday', '2026-11-29T22:30:00.000Z', '2026-11-30T08:00:00.000Z'],
    ['that Monday, before nine', '2026-11-30T07:59:59.000Z', '2026-11-30T08:00:00.000Z'],
    ['that Monday, at nine', '2026-11-30T08:00:00.000Z', '2026-12-07T08:00:00.000Z'],
    ['over the change to summer time', '2027-03-26T12:00:00.000Z', '2027-03-29T07:00:00.000Z'],
    ['a Monday there that is still Sunday in UTC', '2026-11-29T23:30:00.000Z', '2026-11-30T08:00:00.000Z'],
  ])('from %s', (_when, now, expected) => {
    expect(new Date(nextMondayMorning(Date.parse(now))).toISOString()).toBe(expected);
  });
});

it('a virtual clock goes on from where it was set', () => {
  let system = 1_000;
  const clock = virtualClock(() => system);
  clock.jumpTo(50_000);
  system += 7;
  expect([clock.now(), clock.offsetMs()]).toEqual([50_007, 49_000]);
});
