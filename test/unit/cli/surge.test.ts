import { describe, expect, it } from 'vitest';
import { judgeSurge } from '../../../infra/cli/doctor/judge-surge.ts';
import { missingSentence } from '../../../infra/cli/explain/words.ts';
import type { WaitingLead } from '../../../infra/cli/import/list-waiting.ts';
import { surgeStanding } from '../../../infra/cli/surge/surge-standing.ts';
import { surgeText } from '../../../infra/cli/surge/surge-text.ts';
import { assess } from '../../../shared/domain/assessment.ts';
import { mqlStanding } from '../../../shared/domain/mql-standing.ts';
import { hourOf } from '../../../shared/domain/surge.ts';
import { memoryMqlPace } from '../../../shared/simulation/memory-mql-pace.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import { streamOf } from '../../support/collect.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { day } from '../../support/scoring-world.ts';
import { aWholeLead } from '../../support/whole-leads.ts';

const published = publishedDefaultPolicy({ surge: { over: 3, min: 2 } });
const waits = (leadId: string, score: number): WaitingLead => ({
  leadId,
  by: 'interest',
  engagementId: `e-${leadId}`,
  occurredAt: day(0),
  origin: 'fair',
  score,
});
const on = { lastHour: 63.2, usual: 4, limit: 20, isOn: true };
const off = { ...on, lastHour: 1, isOn: false };

describe('a surge, told to people', () => {
  it('says how many come, how many usually do, and who waits: the strongest first', async () => {
    const pace = memoryMqlPace();
    for (let i = 0; i < 3; i++) await pace.add(hourOf(day(0)), 'passed');
    const standing = await surgeStanding({
      policy: onePolicy(published),
      pace,
      held: () => streamOf([waits('weak', 51), waits('strong', 80)]),
      now: day(0),
    });
    expect(standing).toMatchObject({
      surge: { isOn: true, limit: 2 },
      held: [{ leadId: 'strong' }, { leadId: 'weak' }],
    });
    const text = surgeText(standing);
    expect(text).toContain(
      'The brake is on: about 3 MQLs by points in the last hour, usually 0.0; 2 an hour',
    );
    expect(text.indexOf('strong')).toBeLessThan(text.indexOf('weak'));
  });

  it.each([
    [{ held: [] }, 'The policy in force has no surge brake.'],
    [{ surge: off, held: [] }, 'Nobody is held back.'],
  ])('says that nothing is wrong: %#', (standing, sentence) => {
    expect(surgeText(standing)).toContain(sentence);
  });

  it.each([
    [0, undefined, 'ok', 'has no surge brake'],
    [0, off, 'ok', 'Nobody is held back; 20'],
    [1, off, 'warning', '1 lead is held back: too many qualified at once'],
    [7, on, 'warning', '7 leads are held back: too many qualify just now'],
    [7, undefined, 'warning', '7 leads are held back'],
  ] as const)('doctor: %s held', (held, surge, level, text) => {
    const [finding] = judgeSurge(held, surge, 'prod');
    expect(finding).toMatchObject({ level, text: expect.stringContaining(text) });
    if (level === 'warning') expect(finding?.remedy).toContain('npx baton surge release --env prod');
  });

  it('explain says why a lead that qualifies is no MQL', () => {
    const held = aWholeLead([[0, 'page-viewed']], {
      lead: { wouldBeMql: { by: 'interest', causeId: 'c', since: day(0), held: 'surge' } },
    });
    const assessment = assess(held.lead, held.profile, published.policy, day(0));
    const standing = mqlStanding(held, assessment, published.policy, day(0));
    expect(standing).toMatchObject({ is: 'not-yet' });
    const missing = standing.is === 'not-yet' ? standing.missing : [];
    expect(missing).toContainEqual({ type: 'surge', since: day(0) });
    expect(missing.map((one) => missingSentence(one, 'UTC'))).toContainEqual(
      expect.stringMatching(/held back since 2026-11-02 00:00, until baton surge release/),
    );
  });
});
