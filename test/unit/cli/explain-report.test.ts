import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { explainReport } from '../../../infra/cli/explain/explain-report.ts';
import { explanationOf } from '../../../infra/cli/explain/explanation.ts';
import { knownLead } from '../../../infra/cli/explain/lead-id-of-address.ts';
import type { NewerPolicy, StoredLead } from '../../../infra/cli/explain/stored-lead.ts';
import { timelinePage } from '../../../infra/cli/explain/timeline-page.ts';
import { UsageError } from '../../../infra/cli/usage-error.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { epochOf } from '../../../shared/domain/time.ts';
import { memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadRecords } from '../../../shared/simulation/memory-leads.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import type { Happening } from '../../support/scoring-timelines.ts';
import {
  anEngagement,
  day,
  engagementMessage,
  scoringWorld,
  testKeyedHash,
} from '../../support/scoring-world.ts';
import { aWholeLead } from '../../support/whole-leads.ts';

const value = <T>(of: T) => ({ value: of, at: day(0) });

const profile: Profile = {
  email: value('jo@acme.example'),
  employees: value(200),
  industry: value('retail'),
  role: value('manager'),
  country: value('DE'),
};

const stored = (all: readonly Happening[], overrides: Partial<StoredLead> = {}): StoredLead => ({
  ...aWholeLead(all, { profile }),
  leadId: 'l1',
  policy: publishedDefaultPolicy({ zone: 'UTC' }),
  ...overrides,
});

const john: readonly Happening[] = [
  [0, 'content-downloaded', 'guide'],
  [0, 'newsletter-subscribed'],
  [0.1, 'social-engaged'],
  [0.1, 'page-viewed'],
];

const reported = (one: StoredLead, at?: string, page?: number): string => {
  const explanation = explanationOf(one, day(0), at);
  const shown = page === undefined ? undefined : timelinePage(explanation.timeline, page);
  return stripVTControlCharacters(explainReport(explanation, 'UTC', shown)).replaceAll(/ {2,}/g, '  ');
};

describe('what a person reads', () => {
  it('is the score with its rounding, each line, and what comes of it', () => {
    const report = reported(stored(john));
    expect(report).toContain(
      'Score 50  at 2026-11-02 02:24 UTC: engagement 18.97 + fit 31.00 = 49.97, shown and compared as 50',
    );
    expect(report).toContain(
      'downloaded content (guide)  content  2026-11-02 00:00  1  1, once per asset  10  -0.02  9.98  10',
    );
    expect(report).toContain('region  fit  6.00  6');
    expect(report).toContain('score  49.97  50');
    expect(report).toContain('Nothing is missing');
    expect(report).toContain('Judged by policy 2026-11-01 (default, sequence 1).');
  });

  it('names the policy that was published since', () => {
    const newer = (from: NewerPolicy['from']) => reported(stored(john, { newer: { sequence: 7, from } }));
    expect(newer('next-change')).toContain('sequence 7 is in force and judges its next change');
    expect(newer('apply')).toContain('the lead waits for baton policy apply');
  });

  it('says of each engagement what it became, the newest first', () => {
    const report = reported(
      stored([...john, [0.2, 'page-viewed'], [0.3, 'booth-visited', 'fair']]),
      undefined,
      1,
    );
    const rows = report.split('\n').filter((line) => /^ *2026-11-02 \d\d:\d\d {2}/.test(line));
    expect(rows.map((row) => row.replace(/ {2}[0-9a-f]{16}$/, '').trim())).toEqual([
      '2026-11-02 07:12  booth-visited  not counted: no rule  fair',
      '2026-11-02 04:48  page-viewed  not counted: another of the day (rule-3)',
      '2026-11-02 02:24  page-viewed  +1 visited the website (rule-3)',
      '2026-11-02 02:24  social-engaged  +3 reacted on social media (rule-14)',
      '2026-11-02 00:00  newsletter-subscribed  +5 subscribed to the newsletter (rule-9)',
      '2026-11-02 00:00  content-downloaded  +10 downloaded content (rule-8)  guide',
    ]);
    expect(report).toContain('Page 1 of 1; 6 engagements, the newest first.');
  });
});

it('says when the lead keeps another sum than its timeline comes to', () => {
  const one = stored(john);
  expect(explanationOf(one, day(1)).keptEngagement).toBeUndefined();
  const { tally } = one.lead;
  const wrong = {
    ...one,
    lead: { ...one.lead, tally: { ...tally, sums: tally.sums.map((sum) => sum * 2) } },
  };
  expect(reported(wrong)).toContain('that does not agree with its timeline');
});

it('says which rules ask for what older engagements have not kept', () => {
  const { policy, ...published } = publishedDefaultPolicy({ zone: 'UTC' });
  const [first, ...others] = policy.scoring.rules;
  const reading = {
    ...first!,
    number: 99,
    kind: ['page-viewed'],
    when: [{ property: 'path', prefix: '/docs', not: false }],
  };
  const newer = {
    ...published,
    policy: { ...policy, scoring: { ...policy.scoring, rules: [reading, first!, ...others] } },
  };
  const one = stored([...john, [1, 'page-viewed'], [2, 'page-viewed']], { policy: newer });
  const timeline = one.timeline.map((entry) =>
    entry.at === epochOf(day(2)) ? { ...entry, facets: { path: '/docs/a' } } : entry,
  );
  expect(explanationOf({ ...one, timeline }, day(3)).unkept).toEqual([
    { property: 'path', kind: 'page-viewed', rules: [99], engagements: 2 },
  ]);
  expect(reported(one)).toContain('Rule 99 reads path of page-viewed, and 3 older engagements have none');
  expect(explanationOf(stored(john), day(3)).unkept).toEqual([]);
});

it('at a moment before the last cut-off does not know an earlier one', () => {
  const one = {
    ...stored([]),
    ...aWholeLead([[0, 'demo-requested']], { profile, lead: { cutOff: day(10) } }),
  };
  expect(explanationOf(one, day(20))).toMatchObject({ cutOff: day(10), engagement: 0 });
  const past = explanationOf(one, day(20), day(0));
  expect(past).toMatchObject({ laterCutOff: day(10), engagement: expect.closeTo(40) });
  expect(past.cutOff).toBeUndefined();
});

it('at an earlier moment only what had happened by then counts', () => {
  const one = stored([
    [0, 'content-downloaded', 'a'],
    [10, 'demo-requested'],
  ]);
  expect(explanationOf(one, day(20), day(5))).toMatchObject({ isPast: true, timeline: [{}] });
  expect(explanationOf(one, day(20), day(5)).score).toBe(Math.round(10 * 2 ** (-5 / 30) + 31));
  expect(explanationOf(one, day(20), day(25))).toMatchObject({ isPast: false, timeline: [{}, {}] });
});

it('is not behind what is known of the lead', () => {
  expect(explanationOf(stored([[10, 'demo-requested']]), day(0)).at).toBe(day(10));
});

it('pages its timeline', () => {
  const { timeline } = explanationOf(
    stored(Array.from({ length: 41 }, (_, i): Happening => [i, 'page-viewed'])),
    day(50),
  );
  expect(timelinePage(timeline, 1).entries).toHaveLength(20);
  expect(timelinePage(timeline, 3)).toMatchObject({
    page: 3,
    pages: 3,
    total: 41,
    entries: [{ occurredAt: day(0) }],
  });
  expect(() => timelinePage(timeline, 4)).toThrow(UsageError);
  expect(timelinePage([], 1)).toMatchObject({ pages: 1, entries: [] });
});

it('finds a lead by its address, however it is written', async () => {
  const world = scoringWorld();
  await world.receive(engagementMessage(anEngagement()));
  const leadId = await world.leadIdOf({ email: 'jo@acme.example' });
  const records = memoryLeadRecords(world.table);
  expect(await knownLead(records, testKeyedHash, ' Jo@Acme.example ')).toBe(leadId);
  expect(await knownLead(memoryLeadRecords(memoryTable()), testKeyedHash, 'jo@acme.example')).toBeUndefined();
});
