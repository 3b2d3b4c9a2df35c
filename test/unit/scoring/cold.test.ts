import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { coldAt, isCold } from '../../../shared/domain/cold.ts';
import { paymentsOf } from '../../../shared/domain/fold/payments.ts';
import { engagementAt } from '../../../shared/domain/fold/score.ts';
import { epochOf, later } from '../../../shared/domain/time.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aTimeline } from '../../support/scoring-timelines.ts';
import { day } from '../../support/scoring-world.ts';

const policy = defaultPolicy();
const kinds = policy.scoring.rules.flatMap(({ kind }) => kind);

describe('when a lead goes cold', () => {
  it('is at once for somebody who never was warm', () => {
    expect(coldAt([], policy, day(3))).toBe(day(3));
  });

  it('counts that doubts fade too', () => {
    const payments = paymentsOf(aTimeline([0, 'demo-requested'], [0, 'unsubscribed']), '', policy);
    const without = paymentsOf(aTimeline([0, 'demo-requested']), '', policy);
    expect(coldAt(payments, policy, day(0))! < coldAt(without, policy, day(0))!).toBe(true);
  });

  const happenings = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom(...kinds)), {
    minLength: 1,
    maxLength: 12,
  });
  test.prop([happenings], { numRuns: 200 })('is the first second below the limit', (all) => {
    const payments = paymentsOf(aTimeline(...all), '', policy);
    const coldIn = (at: string) => isCold(engagementAt(payments, policy, epochOf(at)), policy);
    const cold = coldAt(payments, policy, day(60))!;
    expect(coldIn(cold)).toBe(true);
    if (cold === day(60)) return;
    expect(coldIn(later(cold, -2000))).toBe(false);
    // Exact to the second: within the last one it may be cold already.
    const span = Math.max(0, epochOf(cold) - 1000 - epochOf(day(60)));
    for (let i = 0; i < 50; i++) expect(coldIn(later(day(60), Math.floor((span * i) / 50)))).toBe(false);
  });
});
