import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { describeScoring } from '../../../infra/cli/policy/describe-scoring.ts';
import { diffPolicies } from '../../../infra/cli/policy/diff-policies.ts';
import { fitOf, fitParts } from '../../../shared/domain/fit.ts';
import { profileChanged } from '../../../shared/events/inbound.ts';
import { reachablePoints } from '../../../shared/policy/reachable-points.ts';
import { type Policy, policySourceSchema } from '../../../shared/policy/schema.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aProfileChange, day, profileMessage, scoringWorld } from '../../support/scoring-world.ts';

const off = defaultPolicy();
const withFit = (fit: Partial<Policy['scoring']['fit']>): Policy => ({
  ...off,
  scoring: { ...off.scoring, fit: { ...off.scoring.fit, ...fit } },
});
const ageBand = { core: { points: 4, of: ['30-39', '40-49'] }, senior: { points: -2, of: ['60+'] } };
const on = withFit({ ageBand });
const profile = { ageBand: { value: '30-39', at: day(0) } };
const words = (policy: Policy) => describeScoring(policy).join('\n');

describe('the age band', () => {
  it('counts nothing and is not shown unless the policy has it', () => {
    expect(off.scoring.fit).not.toHaveProperty('ageBand');
    expect(fitParts(profile, off)).toEqual([]);
    expect(words(off)).not.toContain('age band');
  });

  it.each([
    ['40-49', 4],
    ['60+', -2],
    ['18-29', 0],
  ])('%s counts %d where it has', (value, points) => {
    expect(fitOf({ ageBand: { value, at: day(0) } }, on)).toBe(points);
  });

  it('has words that a rep reads', () => {
    expect(fitParts(profile, on)).toEqual([{ label: { en: 'age band', de: 'Altersgruppe' }, points: 4 }]);
  });

  it('can be reached', () => {
    const open = { cap: 1000 };
    expect(reachablePoints(withFit({ ...open, ageBand })).fit).toBe(reachablePoints(withFit(open)).fit + 4);
  });

  it('is described, and so is a change of it', () => {
    expect(words(on)).toContain('age band core 4, senior -2');
    const lines = (from: Policy, to: Policy) => diffPolicies(from, to).flatMap((section) => section.lines);
    expect(lines(off, on)).toEqual([expect.stringContaining('scoring.fit.ageBand is new')]);
    expect(lines(on, off)).toEqual([expect.stringContaining('scoring.fit.ageBand is gone')]);
    const less = withFit({ ageBand: { ...ageBand, core: { ...ageBand.core, points: 3 } } });
    expect(lines(on, less)).toEqual([
      expect.stringContaining('scoring.fit.ageBand.core.points is 3 instead of 4'),
    ]);
  });

  it('is read in lower case, as the other bands are', () => {
    const { fit } = v.parse(policySourceSchema.entries.scoring, {
      ...off.scoring,
      categories: {},
      patterns: [],
      rules: [],
      fit: { ...off.scoring.fit, ageBand: { retired: { points: 1, of: ['Retired'] } } },
    });
    expect(fit.ageBand?.retired?.of).toEqual(['retired']);
  });

  it('is a trait like any other: bounded, and kept with its time', async () => {
    const change = aProfileChange({ traits: { ageBand: '30-39' } });
    expect(v.is(profileChanged.schema, change)).toBe(true);
    expect(v.is(profileChanged.schema, { ...change, traits: { ageBand: 'x'.repeat(21) } })).toBe(false);
    const world = scoringWorld({ policy: { hash: 'on', sequence: 1, policy: on } });
    await world.receive(profileMessage(change));
    const view = await world.view(await world.leadIdOf(change.lead));
    expect(view).toMatchObject({ profile, fit: 4 });
  });
});
