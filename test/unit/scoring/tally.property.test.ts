import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { admit } from '../../../shared/domain/fold/admit.ts';
import { foldEntries } from '../../../shared/domain/fold/fold-entries.ts';
import { type Payment, paymentsOf } from '../../../shared/domain/fold/payments.ts';
import { fadedPoints } from '../../../shared/domain/fold/score.ts';
import { spansToKnow } from '../../../shared/domain/fold/spans-to-know.ts';
import { emptyTally, type Tally } from '../../../shared/domain/fold/tally.ts';
import { categorySumsOf } from '../../../shared/domain/fold/tally-score.ts';
import { type TimelineEntry, withEntries } from '../../../shared/domain/timeline.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { deliveriesOf, manyAssets, shippedHistory, someHistory } from '../../support/tally-histories.ts';

/** Decimal noise, however much was added and taken away. */
const noise = (payments: readonly Payment[]): number =>
  1e-9 *
  Math.max(
    1,
    payments.reduce((all, { points }) => all + Math.abs(points), 0),
  );

const sameSums = (tally: Tally, entries: readonly TimelineEntry[], policy: Policy): void => {
  const payments = paymentsOf(entries, undefined, policy);
  for (const t of [tally.ref, tally.ref + 1000, tally.ref + 1_234_567_890]) {
    const expected = Object.fromEntries(
      Object.keys(policy.scoring.categories)
        .sort()
        .map((name, i) => [i, payments.filter(({ category }) => category === name)]),
    );
    categorySumsOf(tally, policy, t).forEach(({ sum, halfLife }, i) => {
      const paid = (expected[i] ?? []).reduce((all, one) => all + fadedPoints(one, halfLife, t), 0);
      expect(Math.abs(sum - paid)).toBeLessThanOrEqual(noise(payments));
    });
  }
};

/** All that a tally knows but its sums, and which engagement earned last: that depends on the order. */
const remembered = ({ sums: _, earned: __, ...kept }: Tally) => kept;

/** Admits deliveries as a lead does that knows of its past only what it asks for. */
const admitted = (deliveries: readonly (readonly TimelineEntry[])[], policy: Policy): Tally => {
  let tally = emptyTally;
  let past: readonly TimelineEntry[] = [];
  for (const delivery of deliveries) {
    const spans = spansToKnow(tally, delivery, policy);
    let known: readonly TimelineEntry[] = past.filter(({ at }) =>
      spans.some(({ from, until }) => from <= at && at <= until),
    );
    for (const entry of delivery) {
      ({ tally } = admit(tally, entry, known, policy));
      known = withEntries(known, [entry]);
    }
    past = withEntries(past, delivery);
  }
  return tally;
};

describe.each([
  ['generated policies', someHistory, 3000],
  ['more assets than are paid', manyAssets, 1000],
  ['the policy that ships', shippedHistory, 500],
])('a tally, with %s', (_, history, numRuns) => {
  test.prop([history], { numRuns })('adds up to what is paid one by one', ({ policy, entries }) => {
    sameSums(foldEntries(entries, policy), entries, policy);
  });

  test.prop([history], { numRuns })('pays the same engagements', ({ policy, entries }) => {
    const payments = paymentsOf(entries, undefined, policy);
    let tally = emptyTally;
    for (const [i, entry] of entries.entries()) {
      const next = admit(tally, entry, entries.slice(0, i), policy);
      const own = payments.filter(({ entryId }) => entryId === entry.id);
      expect(next.earned).toBe(own.reduce((sum, { points }) => sum + points, 0));
      if (next.earned > 0) expect(next.tally.earned).toEqual({ id: entry.id, at: entry.at });
      tally = next.tally;
    }
    expect(tally).toEqual(foldEntries(entries, policy));
  });

  test.prop([deliveriesOf(history)], { numRuns })(
    'comes to the same in any order, and asks for all that it must know',
    ({ policy, entries, deliveries }) => {
      const tally = admitted(deliveries, policy);
      expect(remembered(tally)).toEqual(remembered(foldEntries(entries, policy)));
      sameSums(tally, entries, policy);
    },
  );

  test.prop([history], { numRuns: 200 })('stays small', ({ policy, entries }) => {
    const { periods, assets, patterns, sums } = foldEntries(entries, policy);
    const { rules, categories } = policy.scoring;
    for (const list of [periods, assets, patterns]) {
      const numbers = list.all.map(([number]) => number);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    }
    expect(periods.all.length).toBeLessThanOrEqual(rules.length);
    for (const [, known] of assets.all) if ('paid' in known) expect(known.paid.length).toBeLessThan(16);
    for (const [pattern, { values, paidAt }] of patterns.all) {
      const { type, atLeast = 2 } = policy.scoring.patterns.find(({ number }) => number === pattern)!;
      expect(values.length).toBeLessThanOrEqual(paidAt !== undefined ? 0 : type === 'then' ? 2 : atLeast - 1);
    }
    expect(entries.length === 0 ? 0 : Object.keys(categories).length).toBe(sums.length);
  });
});
