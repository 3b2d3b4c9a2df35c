import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { coldAt, isCold } from '../../../shared/domain/cold.ts';
import { foldEntries } from '../../../shared/domain/fold/fold-entries.ts';
import { categorySumsOf, engagementOf } from '../../../shared/domain/fold/tally-score.ts';
import { epochOf, later } from '../../../shared/domain/time.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aTimeline, type Happening } from '../../support/scoring-timelines.ts';
import { day } from '../../support/scoring-world.ts';

const policy = defaultPolicy();
const kinds = policy.scoring.rules.flatMap(({ kind }) => kind);

const coldFrom = (now: string, ...happenings: readonly Happening[]) =>
  coldAt(categorySumsOf(foldEntries(aTimeline(...happenings), policy), policy, epochOf(now)), policy, now);

describe('when a lead goes cold', () => {
  it('is at once for somebody who never was warm', () => {
    expect(coldFrom(day(3))).toBe(day(3));
  });

  it('counts that doubts fade too', () => {
    const doubted = coldFrom(day(0), [0, 'demo-requested'], [0, 'unsubscribed'])!;
    expect(doubted < coldFrom(day(0), [0, 'demo-requested'])!).toBe(true);
  });

  const happenings = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom(...kinds)), {
    minLength: 1,
    maxLength: 12,
  });
  test.prop([happenings], { numRuns: 200 })('is the first second below the limit', (all) => {
    const tally = foldEntries(aTimeline(...all), policy);
    const coldIn = (at: string) => isCold(engagementOf(tally, policy, epochOf(at)), policy);
    const cold = coldFrom(day(60), ...all)!;
    expect(coldIn(cold)).toBe(true);
    if (cold === day(60)) return;
    expect(coldIn(later(cold, -2000))).toBe(false);
    // Exact to the second: within the last one it may be cold already.
    const span = Math.max(0, epochOf(cold) - 1000 - epochOf(day(60)));
    for (let i = 0; i < 50; i++) expect(coldIn(later(day(60), Math.floor((span * i) / 50)))).toBe(false);
  });
});
