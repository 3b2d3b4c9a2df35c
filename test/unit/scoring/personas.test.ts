import { describe, expect, it } from 'vitest';
import { coldAt } from '../../../shared/domain/cold.ts';
import { fitOf } from '../../../shared/domain/fit.ts';
import { paymentsOf } from '../../../shared/domain/fold/payments.ts';
import { categorySums, engagementAt } from '../../../shared/domain/fold/score.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { DAY, epochOf } from '../../../shared/domain/time.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { aTimeline, type Happening } from '../../support/scoring-timelines.ts';
import { day, engagementMessage, profileMessage, scoringWorld } from '../../support/scoring-world.ts';

const published = publishedDefaultPolicy({ zone: 'UTC' });
const { policy } = published;

type Traits = Readonly<{ employees?: number; industry?: string; role?: string; country?: string }>;
type Persona = Readonly<{
  name: string;
  happenings: readonly Happening[];
  traits: Traits;
  engagement: number;
  fit: number;
  score: number;
  mql: boolean;
  coldAfterDays?: number;
}>;

const mid = { employees: 200 };
const small = { employees: 20 };
const target = { industry: 'software' };
const adjacent = { industry: 'retail' };
const core = { country: 'DE' };
const guide: readonly Happening[] = [
  [0, 'content-downloaded', 'guide'],
  [0, 'newsletter-subscribed'],
  [0.1, 'social-engaged'],
];
const every = (count: number, step: number, kind: string): Happening[] =>
  Array.from({ length: count }, (_, i) => [i * step, kind]);
const assets = (count: number, kind: string): Happening[] =>
  Array.from({ length: count }, (_, i) => [i, kind, String(i)]);

const personas: readonly Persona[] = [
  {
    name: 'John, ideal fit',
    happenings: guide,
    traits: { ...mid, ...target, role: 'director', ...core },
    engagement: 18.0,
    fit: 40,
    score: 58.0,
    mql: true,
    coldAfterDays: 31,
  },
  {
    name: 'John, good fit: 49.97 is shown, and decided, as 50',
    happenings: [...guide, [0.1, 'page-viewed']],
    traits: { ...mid, ...adjacent, role: 'manager', ...core },
    engagement: 19.0,
    fit: 31,
    score: 50.0,
    mql: true,
    coldAfterDays: 32,
  },
  {
    name: 'John, micro company',
    happenings: guide,
    traits: { employees: 3, ...target, role: 'director', ...core },
    engagement: 18.0,
    fit: 18,
    score: 36.0,
    mql: false,
    coldAfterDays: 31,
  },
  {
    name: 'compares proof',
    happenings: [
      [0, 'case-study-viewed', 'a'],
      [4, 'case-study-viewed', 'b'],
      [9, 'case-study-viewed', 'c'],
      [0, 'page-viewed'],
      [4, 'page-viewed'],
      [9, 'page-viewed'],
    ],
    traits: { ...small, ...adjacent, role: 'manager', ...core },
    engagement: 33.2,
    fit: 27,
    score: 60.2,
    mql: true,
    coldAfterDays: 51,
  },
  {
    name: 'weighs the price',
    happenings: [
      [0, 'pricing-viewed'],
      [3, 'pricing-viewed'],
      [0, 'page-viewed'],
      [3, 'page-viewed'],
    ],
    traits: { ...small, ...adjacent, role: 'manager', ...core },
    engagement: 24.8,
    fit: 27,
    score: 51.8,
    mql: true,
    coldAfterDays: 23,
  },
  {
    name: 'webinar and e-book',
    happenings: [
      [0, 'webinar-registered', 'w'],
      [7, 'webinar-attended', 'w'],
      [8, 'content-downloaded', 'e'],
    ],
    traits: { ...small, ...adjacent, role: 'CEO' },
    engagement: 26.2,
    fit: 25,
    score: 51.2,
    mql: true,
    coldAfterDays: 67,
  },
  {
    name: 'import only',
    happenings: [],
    traits: { ...mid, ...target, role: 'director', ...core },
    engagement: 0,
    fit: 40,
    score: 40,
    mql: false,
  },
  {
    name: 'clicks every mail: below the minimum engagement',
    happenings: every(7, 3, 'email-clicked'),
    traits: { ...mid, ...target, role: 'director', ...core },
    engagement: 12.0,
    fit: 40,
    score: 52.0,
    mql: false,
    coldAfterDays: 12,
  },
  {
    name: '94 clicks in two days',
    happenings: every(94, 1 / 47, 'email-clicked'),
    traits: { ...mid, ...target, role: 'director', ...core },
    engagement: 5.6,
    fit: 40,
    score: 45.6,
    mql: false,
  },
  {
    name: 'collector: below the minimum fit',
    happenings: [...assets(5, 'content-downloaded'), ...assets(3, 'webinar-attended')],
    traits: { role: 'specialist' },
    engagement: 60.0,
    fit: 3,
    score: 63.0,
    mql: false,
    coldAfterDays: 123,
  },
  {
    name: 'asks for a demo at first touch',
    happenings: [[0, 'demo-requested']],
    traits: core,
    engagement: 40.0,
    fit: 6,
    score: 46.0,
    mql: true,
    coldAfterDays: 70,
  },
  {
    name: 'looks for a job',
    happenings: [
      [0, 'careers-viewed'],
      [0, 'page-viewed'],
      [1, 'feature-viewed'],
    ],
    traits: { ...small, ...adjacent, role: 'c-level' },
    engagement: -7.0,
    fit: 25,
    score: 18.0,
    mql: false,
  },
];

const lastDay = ({ happenings }: Persona) => Math.max(0, ...happenings.map(([days]) => days));

const profileOf = (traits: Traits): Profile =>
  Object.fromEntries(Object.entries(traits).map(([name, value]) => [name, { value, at: day(0) }]));

describe('twelve leads under the default policy', () => {
  it.each(personas)('$name: figures at the last engagement', (persona) => {
    const now = day(lastDay(persona));
    const payments = paymentsOf(aTimeline(...persona.happenings), undefined, policy);
    const engagement = engagementAt(payments, policy, epochOf(now));
    const fit = fitOf(profileOf(persona.traits), policy);
    expect(engagement).toBeCloseTo(persona.engagement, 1);
    expect(fit).toBe(persona.fit);
    expect(engagement + fit).toBeCloseTo(persona.score, 1);
    if (persona.coldAfterDays !== undefined) {
      const cold =
        epochOf(coldAt(categorySums(payments, policy, epochOf(now)), policy, now) ?? '') - epochOf(now);
      expect(Math.ceil(cold / DAY)).toBe(persona.coldAfterDays);
    }
  });

  it.each(personas)('$name: becomes an MQL or not', async ({ happenings, traits, mql }) => {
    const world = scoringWorld({ policy: published });
    const lead = { email: 'jo@acme.example' };
    await world.receive(
      profileMessage({ id: 'p', occurredAt: day(0), lead, traits }, day(0)),
      ...[...happenings]
        .sort((a, b) => a[0] - b[0])
        .map(([days, kind, asset], i) =>
          engagementMessage(
            {
              id: `e${i}`,
              kind,
              occurredAt: day(days),
              lead,
              ...(asset === undefined ? {} : { properties: { asset } }),
            },
            day(days),
          ),
        ),
    );
    const view = await world.view(await world.leadIdOf(lead));
    expect(view?.stage).toBe(mql ? 'mql' : 'inquiry');
    expect(view?.hot).toBe(false);
    expect(view?.evidence.reasons.reduce((sum, { points }) => sum + points, 0)).toBe(view?.score);
  });
});
