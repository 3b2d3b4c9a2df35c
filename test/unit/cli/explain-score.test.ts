import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { assessWhole } from '../../../shared/domain/assess-whole.ts';
import { judgeTimeline } from '../../../shared/domain/judged-timeline.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import { mqlStanding } from '../../../shared/domain/mql-standing.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { scoreLines } from '../../../shared/domain/score-lines.ts';
import type { WholeLead } from '../../../shared/domain/whole-lead.ts';
import { wholeShares } from '../../../shared/domain/whole-shares.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { entryId, type Happening } from '../../support/scoring-timelines.ts';
import { day } from '../../support/scoring-world.ts';
import { aWholeLead } from '../../support/whole-leads.ts';

const policy = defaultPolicy({ zone: 'UTC' });
const kinds = [...policy.scoring.rules.flatMap(({ kind }) => kind), 'booth-visited'];
const value = <T>(of: T) => ({ value: of, at: day(0) });
const ideal: Profile = {
  email: value('jo@acme.example'),
  employees: value(200),
  industry: value('software'),
  role: value('director'),
  country: value('DE'),
};

const explained = (whole: WholeLead, at: string) => {
  const assessment = assessWhole(whole, policy, at);
  const timeline = judgeTimeline(whole, assessment.payments, policy);
  return {
    ...assessment,
    timeline,
    lines: scoreLines(assessment, timeline, whole.profile, policy, at),
    standing: mqlStanding(whole, assessment, policy, at),
  };
};
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

const happenings = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 90, noNaN: true }),
    fc.constantFrom(...kinds),
    fc.constantFrom(...'abcdefghijklmnopqrst'),
  ),
  { maxLength: 80 },
);

describe('lines of a score', () => {
  test.prop(
    [
      happenings,
      fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined }),
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 400, noNaN: true }),
    ],
    { numRuns: 500 },
  )(
    'always add up to the score shown, and before rounding to engagement and fit',
    (all, cut, employees, after) => {
      const lead = cut === undefined ? {} : { cutOff: day(cut) };
      const profile = { ...ideal, employees: value(employees) };
      const { lines, score, engagement, fit } = explained(aWholeLead(all, { lead, profile }), day(after));
      expect(sum(lines.map(({ points }) => points))).toBe(score);
      expect(sum(lines.map(({ exact }) => exact))).toBeCloseTo(engagement + fit, 6);
      for (const { points, exact } of lines) expect(Math.abs(points - exact)).toBeLessThan(1.001);
    },
  );

  test.prop([happenings, fc.integer({ min: 0, max: 90 })], { numRuns: 200 })(
    'count for each rule what the timeline says entry by entry',
    (all, cut) => {
      const { lines, timeline, payments } = explained(
        aWholeLead(all, { lead: { cutOff: day(cut) } }),
        day(91),
      );
      for (const line of lines) {
        if (line.type !== 'rule') continue;
        const own = timeline.filter(({ rule }) => rule?.number === line.number);
        expect(line.paid).toBe(own.filter(({ notCounted }) => notCounted === undefined).length);
        expect(line.events).toBe(own.filter(({ notCounted }) => notCounted !== 'before-the-cut-off').length);
      }
      expect(sum(timeline.map(({ paid }) => paid.length))).toBe(payments.length);
    },
  );

  it('say how many events there were, and for how many a rule paid', () => {
    const clicks = Array.from({ length: 94 }, (_, i): Happening => [i / 47, 'email-clicked']);
    const { lines } = explained(aWholeLead(clicks), day(2));
    expect(lines).toEqual([
      expect.objectContaining({
        type: 'rule',
        number: 2,
        events: 94,
        paid: 2,
        oncePer: 'day',
        earned: 6,
        points: 6,
      }),
    ]);
  });

  it('show what the limits of categories, of engagement and of fit take away', () => {
    const all: readonly Happening[] = [
      ...Array.from({ length: 5 }, (_, i): Happening => [0, 'content-downloaded', `c${i}`]),
      ...Array.from({ length: 3 }, (_, i): Happening => [0, 'webinar-attended', `w${i}`]),
      [0, 'demo-requested'],
    ];
    const { lines, score } = explained(aWholeLead(all, { profile: ideal }), day(0));
    const limits = lines.flatMap((line) => (line.type === 'limit' ? [line] : []));
    expect(limits).toMatchObject([
      { of: 'category', category: 'content', limit: 30, exact: -20, points: -20 },
      { of: 'category', category: 'event', limit: 30, exact: -6, points: -6 },
      { of: 'engagement', limit: 60, exact: -40, points: -40 },
    ]);
    expect(score).toBe(100);
  });

  it('show what a floor gives back', () => {
    const careers = Array.from({ length: 5 }, (_, i): Happening => [i * 31, 'careers-viewed']);
    const strict = defaultPolicy({ zone: 'UTC' });
    const floored = {
      ...strict,
      scoring: { ...strict.scoring, categories: { doubt: { cap: 0, floor: -15, halfLife: 1e15 } } },
    };
    const lead = aWholeLead(careers, { policy: { hash: 'floored', sequence: 1, policy: floored } });
    const assessment = assessWhole(lead, floored, day(124));
    const lines = scoreLines(
      assessment,
      judgeTimeline(lead, assessment.payments, floored),
      {},
      floored,
      day(124),
    );
    expect(lines).toMatchObject([
      { exact: expect.closeTo(-50, 3) },
      { type: 'limit', limit: -15, exact: expect.closeTo(35, 3) },
    ]);
    expect(sum(lines.map(({ points }) => points))).toBe(assessment.score);
  });
});

it.each([
  ['before-the-cut-off', [[0, 'demo-requested']], 0],
  ['no-rule', [[1, 'booth-visited']], 0],
  ['no-points', [[1, 'email-opened']], 0],
  [
    'another-of-the-day',
    [
      [1, 'page-viewed'],
      [1.5, 'page-viewed'],
    ],
    1,
  ],
  [
    'another-of-the-week',
    [
      [1, 'social-engaged'],
      [2, 'social-engaged'],
    ],
    1,
  ],
  [
    'another-of-the-month',
    [
      [1, 'careers-viewed'],
      [2, 'careers-viewed'],
    ],
    1,
  ],
  [
    'asset-counted-already',
    [
      [1, 'content-downloaded', 'a'],
      [2, 'content-downloaded', 'a'],
    ],
    1,
  ],
  ['enough-assets', Array.from({ length: 17 }, (_, i) => [1 + i, 'content-downloaded', `a${i}`]), 16],
  [
    'counted-once-for-ever',
    [
      [1, 'unsubscribed'],
      [2, 'unsubscribed'],
    ],
    1,
  ],
] as [string, Happening[], number][])('%s: why an engagement was not counted', (why, all, index) => {
  const { timeline } = explained(aWholeLead(all, { lead: { cutOff: day(0.5) } }), day(30));
  expect(timeline.map(({ notCounted }) => notCounted)).toEqual(
    all.map((_, i) => (i === index ? why : undefined)),
  );
});

const mid = { employees: value(200) };
const adjacent = { industry: value('retail') };
const target = { industry: value('software') };
const core = { country: value('DE') };
const address = { email: value('jo@acme.example') };
const notYet = (...missing: readonly object[]) => ({ is: 'not-yet', missing });

it.each<[string, Happening[], Profile, Partial<Lead>, object]>([
  [
    'clicks every mail',
    [0, 3, 6, 9, 12, 15, 18].map((on) => [on, 'email-clicked']),
    { ...address, ...mid, ...target, ...core, role: value('director') },
    {},
    notYet({ type: 'engagement', has: 12, needs: 15 }),
  ],
  [
    'collector',
    [
      ...[0, 1, 2, 3, 4].map((i): Happening => [i, 'content-downloaded', `${i}`]),
      ...[0, 1, 2].map((i): Happening => [i, 'webinar-attended', `${i}`]),
    ],
    { ...address, role: value('specialist') },
    {},
    notYet({ type: 'fit', has: 3, needs: 15 }),
  ],
  [
    'asks for a demo at first touch',
    [[0, 'demo-requested']],
    { ...address, ...core },
    { stage: 'mql', mqlCause: { type: 'engagement', id: entryId(0), at: day(0) } },
    { is: 'mql', by: 'asked', hot: false },
  ],
  [
    'John, good fit',
    [
      [0, 'content-downloaded', 'guide'],
      [0, 'newsletter-subscribed'],
      [0.1, 'social-engaged'],
      [0.1, 'page-viewed'],
    ],
    { ...address, ...mid, ...adjacent, ...core, role: value('manager') },
    { stage: 'mql', mqlCause: { type: 'engagement', id: entryId(3), at: day(0) } },
    { is: 'mql', by: 'interest', hot: false },
  ],
  [
    'the same before it was judged',
    [
      [0, 'content-downloaded', 'guide'],
      [0, 'newsletter-subscribed'],
      [0, 'social-engaged'],
    ],
    { ...address, ...mid, ...target, ...core, role: value('director') },
    {},
    notYet(),
  ],
  [
    'import only',
    [],
    { ...address, ...mid, ...target, ...core, role: value('director') },
    {},
    notYet({ type: 'engagement', has: 0, needs: 15 }, { type: 'score', has: 40, needs: 50 }),
  ],
  [
    'nobody knows who it is',
    [[0, 'content-downloaded']],
    {},
    {},
    notYet(
      { type: 'address' },
      { type: 'engagement', has: 10, needs: 15 },
      { type: 'fit', has: 0, needs: 15 },
      { type: 'score', has: 10, needs: 50 },
    ),
  ],
  [
    'a competitor',
    [[0, 'demo-requested']],
    { ...ideal, email: value('jo@competitor.example') },
    {},
    notYet({ type: 'excluded', by: 'competitor.example' }),
  ],
  [
    'where nobody is served',
    [[0, 'demo-requested']],
    { ...ideal, country: value('KP') },
    {},
    notYet({ type: 'unserved', country: 'KP' }),
  ],
  [
    'resting',
    [[0, 'demo-requested']],
    ideal,
    { stage: 'recycled', restUntil: day(30) },
    notYet({ type: 'resting', until: day(30) }),
  ],
  ['lost', [[0, 'demo-requested']], ideal, { stage: 'lost' }, notYet({ type: 'ended', stage: 'lost' })],
  [
    'imported',
    [[0, 'demo-requested']],
    ideal,
    { wouldBeMql: { by: 'asked', causeId: entryId(0), since: day(1) } },
    notYet({ type: 'activation', since: day(1) }),
  ],
  [
    'let go on',
    [[0, 'demo-requested']],
    ideal,
    { stage: 'mql', mqlCause: { type: 'command', id: `activate-${entryId(0)}`, at: day(0) } },
    { is: 'mql', by: 'asked', hot: true },
  ],
  ['with sales', [], ideal, { stage: 'sal' }, { is: 'beyond', stage: 'sal' }],
])('%s: what is missing to MQL', (_, all, profile, overrides, standing) => {
  const last = Math.max(0, ...all.map(([on]) => on));
  expect(explained(aWholeLead(all, { lead: overrides, profile }), day(last)).standing).toEqual(standing);
});

it.each([
  [[1.4, 1.4, 1.2], 4, [2, 1, 1]],
  [[18.97, 31], 50, [19, 31]],
  [[-4.3, 10.6], 6, [-4, 10]],
  [[0.5, 0.5], 1, [1, 0]],
  [[], 0, []],
])('shares of %j make %d', (values, total, shares) => {
  expect(wholeShares(values, total)).toEqual(shares);
});
