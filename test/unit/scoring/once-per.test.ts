import { describe, expect, it } from 'vitest';
import { paymentsOf } from '../../../shared/domain/fold/payments.ts';
import type { TimelineEntry } from '../../../shared/domain/timeline.ts';
import type { Policy, Rule } from '../../../shared/policy/schema.ts';
import { entriesAt, scoringOf } from '../../support/tally-histories.ts';

const policyWith = (oncePer: Rule['oncePer'], zone: string, when: Rule['when'] = []): Policy =>
  scoringOf([oncePer === undefined ? { when } : { when, oncePer }], [], zone);

const at = (...times: readonly string[]): readonly TimelineEntry[] =>
  entriesAt(...times.map((time) => [time] as const));

/** The places in the list of those that are paid. */
const paid = (timeline: readonly TimelineEntry[], policy: Policy, cutOff?: string) =>
  paymentsOf(timeline, cutOff, policy).map(({ entryId }) => Number(entryId));

describe('a rule that pays once per', () => {
  it.each([
    ['day in Berlin, summer', 'Europe/Berlin', '2026-07-01T21:59:59Z', '2026-07-01T22:00:00Z', 2],
    [
      'day in Berlin, summer, but UTC midnight',
      'Europe/Berlin',
      '2026-07-01T23:59:59Z',
      '2026-07-02T00:00:00Z',
      1,
    ],
    ['day in Berlin, winter', 'Europe/Berlin', '2026-12-01T22:59:59Z', '2026-12-01T23:00:00Z', 2],
    ['the day of 25 hours', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', 1],
    ['the day of 23 hours, and the next', 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 2],
    ['day west of Greenwich', 'America/New_York', '2026-07-02T03:59:59Z', '2026-07-02T04:00:00Z', 2],
    ['day with half an hour', 'Asia/Kolkata', '2026-07-01T18:29:59Z', '2026-07-01T18:30:00Z', 2],
  ])('%s', (_, zone, first, second, count) => {
    expect(paid(at(first, second), policyWith('day', zone))).toHaveLength(count);
  });

  it.each([
    ['week: Sunday and Monday in Berlin', 'week', '2026-11-08T22:59:59Z', '2026-11-08T23:00:00Z', 2],
    ['week: over the end of a year', 'week', '2026-12-28T12:00:00Z', '2027-01-03T12:00:00Z', 1],
    ['month: in Berlin', 'month', '2026-10-31T22:59:59Z', '2026-10-31T23:00:00Z', 2],
    ['ever: years apart', 'ever', '2020-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 1],
  ] as const)('%s', (_, oncePer, first, second, count) => {
    expect(paid(at(first, second), policyWith(oncePer, 'Europe/Berlin'))).toHaveLength(count);
  });

  it('pays the earliest, then the one with the smaller id', () => {
    const timeline = at('2026-07-01T12:00:00Z', '2026-07-01T08:00:00Z', '2026-07-01T08:00:00Z');
    expect(paid(timeline, policyWith('day', 'UTC'))).toEqual([1]);
  });

  it('pays again after a cut-off', () => {
    const timeline = at('2026-07-01T08:00:00Z', '2026-07-01T09:00:00Z', '2026-07-01T10:00:00Z');
    expect(paid(timeline, policyWith('ever', 'UTC'), '2026-07-01T09:00:00.000Z')).toEqual([2]);
  });

  it('pays for the earliest sixteen assets', () => {
    const timeline = at(...Array.from({ length: 18 }, (_, i) => `2026-07-01T08:${10 + i}:00Z`)).map(
      (entry, i) => ({ ...entry, facets: { asset: `a${17 - i}` } }),
    );
    expect(paid(timeline, policyWith('asset', 'UTC'))).toEqual(Array.from({ length: 16 }, (_, i) => i));
  });

  it('pays all without a limit', () => {
    expect(
      paid(at('2026-07-01T08:00:00Z', '2026-07-01T08:00:00Z'), policyWith(undefined, 'UTC')),
    ).toHaveLength(2);
  });
});

describe('conditions of a rule', () => {
  const condition = { property: 'depth', not: false };
  it.each([
    ['equals', { ...condition, equals: 3 }, { depth: 3 }, true],
    ['equals, of another type', { ...condition, equals: 3 }, { depth: '3' }, false],
    ['in', { ...condition, in: ['a', 'b'] }, { depth: 'b' }, true],
    ['prefix', { ...condition, prefix: '/pric' }, { depth: '/pricing' }, true],
    ['range', { ...condition, range: { min: 2, max: 3 } }, { depth: 3 }, true],
    ['range, its lower end', { ...condition, range: { min: 2 } }, { depth: 2 }, true],
    ['range, of a text', { ...condition, range: { min: 2 } }, { depth: '3' }, false],
    ['two parts', { ...condition, range: { min: 2 }, in: [1, 3] }, { depth: 2 }, false],
    ['range, outside', { ...condition, range: { min: 2, max: 3 } }, { depth: 3.1 }, false],
    ['exists', { ...condition, exists: true }, { depth: false }, true],
    ['exists: false', { ...condition, exists: false }, {}, true],
    ['exists: false, and it does', { ...condition, exists: false }, { depth: 0 }, false],
    ['absent', { ...condition, equals: 3 }, {}, false],
    ['not', { ...condition, equals: 3, not: true }, {}, true],
  ])('%s', (_, when, facets, pays) => {
    const [entry] = at('2026-07-01T08:00:00Z');
    expect(paid([{ ...entry!, facets }], policyWith(undefined, 'UTC', [when]))).toHaveLength(pays ? 1 : 0);
  });
});
