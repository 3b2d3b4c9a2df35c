import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../shared/domain/profile.ts';
import { refoldLead } from '../../../shared/domain/refold-lead.ts';
import type { TimelineEntry } from '../../../shared/domain/timeline.ts';
import { viewLead } from '../../../shared/domain/view-lead.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { aLead, aTimeline } from '../../support/scoring-timelines.ts';
import { day } from '../../support/scoring-world.ts';

const published = publishedDefaultPolicy();
const { policy } = published;
const kinds = policy.scoring.rules.flatMap(({ kind }) => kind);
const viewed = (timeline: readonly TimelineEntry[], profile: Profile = {}, on = day(0)) =>
  viewLead(
    'l1',
    { lead: refoldLead(aLead(), timeline, published), timeline, profile, answers: {} },
    policy,
    on,
  );

const value = <T>(of: T) => ({ value: of, at: day(0) });

describe('what a rep reads', () => {
  it('names the strongest reason first, with what fading and limits left of it', () => {
    const { evidence } = viewed(
      aTimeline(
        [0, 'content-downloaded', 'a'],
        [0, 'content-downloaded', 'b'],
        [0, 'careers-viewed'],
        [3, 'pricing-viewed'],
      ),
      { country: value('DE') },
      day(30),
    );
    expect(evidence.reasons).toEqual([
      {
        label: { en: 'downloaded content', de: 'hat Inhalte heruntergeladen' },
        points: 10,
        count: 2,
        lastAt: day(0),
      },
      { label: { en: 'region', de: 'Region' }, points: 6, count: 1 },
      { label: { en: 'looked at prices', de: 'hat Preise angesehen' }, points: 2, count: 1, lastAt: day(3) },
      {
        label: { en: 'looked at jobs', de: 'hat Stellenangebote angesehen' },
        points: -9,
        count: 1,
        lastAt: day(0),
      },
    ]);
  });

  it('names the latest activities first, also of a kind that no rule knows', () => {
    const { evidence } = viewed(aTimeline([0, 'page-viewed'], [1, 'booth-visited', 'fair']));
    expect(evidence.activities).toMatchObject([
      { label: { en: 'booth visited' }, asset: 'fair', occurredAt: day(1) },
      { label: { en: 'visited the website' }, occurredAt: day(0) },
    ]);
  });

  it.each([
    ['jo@acme.example', {}, { segment: 'unknown', companyDomain: 'acme.example', fit: 0 }],
    ['jo@gmail.com', {}, { segment: 'consumer', fit: -5 }],
    ['jo@gmail.com', { employees: value(1000) }, { segment: 'enterprise', fit: 5 }],
    ['jo@mail.ours.example', {}, { excluded: 'ours.example' }],
    ['jo@acme.example', { role: value('Head of Marketing') }, { fit: 12 }],
    ['jo@acme.example', { role: value('Overhead clerk') }, { fit: 0 }],
    [
      'jo@acme.example',
      { language: value('de-AT'), country: value('AT') },
      { locale: 'de', country: 'AT', fit: 6 },
    ],
    ['jo@acme.example', { country: value('KP') }, { unserved: true }],
  ])('%s %j is %j', (email, traits, expected) => {
    const view = viewed([], { email: value(email), ...traits });
    expect(view).toMatchObject(expected);
    if (!('companyDomain' in expected) && email.endsWith('gmail.com'))
      expect(view.companyDomain).toBeUndefined();
  });

  const happenings = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom(...kinds), fc.constantFrom(...'abcdef')),
    { maxLength: 40 },
  );
  test.prop([happenings, fc.integer({ min: 1, max: 2000 }), fc.boolean()], { numRuns: 200 })(
    'reasons add up to the score shown',
    (all, employees, target) => {
      const { score, evidence } = viewed(
        aTimeline(...all),
        {
          email: value('jo@acme.example'),
          employees: value(employees),
          industry: value(target ? 'software' : 'retail'),
          role: value('CEO'),
          country: value('DE'),
        },
        day(61),
      );
      expect(evidence.reasons.reduce((sum, { points }) => sum + points, 0)).toBe(score);
    },
  );
});
