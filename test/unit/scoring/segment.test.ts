import { describe, expect, it } from 'vitest';
import { fitParts } from '../../../shared/domain/fit.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { segmentOf } from '../../../shared/domain/segment.ts';
import { checkProfileRules } from '../../../shared/policy/check-profile-rules.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { day } from '../../support/scoring-world.ts';

const value = <T>(of: T) => ({ value: of, at: day(0) });
const large = { employees: value(5000) };
const retail = { industry: value('Retail') };

const policy = defaultPolicy({
  segments: [
    {
      name: 'key-retail',
      employees: { min: 1000 },
      industry: ['Retail', 'wholesale'],
      country: ['DE', 'AT'],
    },
    { name: 'dach-retail', industry: ['retail'], country: ['DE', 'AT', 'CH'] },
    { name: 'retail', industry: ['retail'] },
    { name: 'swiss', country: ['CH'] },
    { name: 'enterprise', employees: { min: 1000 } },
    { name: 'consumer', freeMail: true },
  ],
});

describe('the segment of a lead', () => {
  it.each<[Profile, string]>([
    [{ ...large, ...retail, country: value('DE') }, 'key-retail'],
    [{ ...large, industry: value('wholesale'), country: value('AT') }, 'key-retail'],
    [{ ...large, ...retail, country: value('CH') }, 'dach-retail'],
    [{ ...retail, country: value('DE') }, 'dach-retail'],
    [{ ...large, ...retail, country: value('FR') }, 'retail'],
    [{ ...large, ...retail }, 'retail'],
    [{ ...large, country: value('CH') }, 'swiss'],
    [{ ...large, industry: value('wholesale') }, 'enterprise'],
    [{ industry: value('wholesale'), country: value('DE') }, 'unknown'],
    [{ email: value('jo@gmail.com') }, 'consumer'],
    [{}, 'unknown'],
  ])('%j is in %s: the first of which all conditions hold', (profile, segment) => {
    expect(segmentOf(profile, policy)).toBe(segment);
  });

  it('may be narrower, wider or another than those before it', () => {
    expect(checkProfileRules(policy).filter(({ path }) => path[0] === 'segments')).toEqual([]);
  });

  it.each<[Profile, string]>([
    [{ ...large, ...retail }, 'segment'],
    [large, 'size of the company'],
  ])('%j earns points that a rep reads as %s', (profile, label) => {
    const { scoring } = policy;
    const fit = { ...scoring.fit, segment: { retail: 7, enterprise: 7 } };
    const parts = fitParts(profile, { ...policy, scoring: { ...scoring, fit } });
    expect(parts).toContainEqual({ label: expect.objectContaining({ en: label }), points: 7 });
  });
});
