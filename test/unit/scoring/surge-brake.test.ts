import { beforeEach, describe, expect, it } from 'vitest';
import { makeAdvanceLead } from '../../../functions/advance-lead/advance-lead.ts';
import { makeScoreLead, makeTakeHistory } from '../../../functions/score-lead/score-lead.ts';
import { decideVerdicts } from '../../../shared/domain/decide-verdicts.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import type { HandoffStates } from '../../../shared/domain/handoff.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import { hourOf } from '../../../shared/domain/surge.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { makeResolveLead } from '../../../shared/leads/resolve-lead.ts';
import { memoryAggregates, memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import {
  memoryHeldLeads,
  memoryLeadRecords,
  memoryLeads,
  memoryWaitingLeads,
} from '../../../shared/simulation/memory-leads.ts';
import { memoryMqlPace } from '../../../shared/simulation/memory-mql-pace.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import { collect } from '../../support/collect.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import {
  anEngagement,
  aProfileChange,
  day,
  engagementMessage,
  idealTraits,
  profileMessage,
  testKeyedHash,
} from '../../support/scoring-world.ts';

const policy = publishedDefaultPolicy({ zone: 'UTC', surge: { over: 3, min: 3 } });
const emailOf = (name: string) => ({ email: `${name}@acme.example` });

/** Points enough to be an MQL, with an ideal profile. */
const interest = (name: string, at: string, cycle = 1) =>
  ['pricing-viewed', 'content-downloaded', 'webinar-attended'].map((kind) =>
    engagementMessage(
      anEngagement({
        id: `${name}-${kind}-${cycle}`,
        kind,
        occurredAt: at,
        lead: emailOf(name),
        properties: { asset: 'guide' },
      }),
      at,
    ),
  );
const who = (name: string, at: string) =>
  profileMessage(
    aProfileChange({ id: `${name}-profile`, lead: emailOf(name), occurredAt: at, traits: idealTraits }),
    at,
  );

describe('the surge brake', () => {
  let table: ReturnType<typeof memoryTable>;
  let pace: ReturnType<typeof memoryMqlPace>;
  let now: string;
  let metrics: string[];
  beforeEach(() => {
    table = memoryTable();
    pace = memoryMqlPace();
    now = day(0);
    metrics = [];
  });
  const deps = () => ({
    leads: memoryLeads(table),
    records: memoryLeadRecords(table),
    rawLog: { append: async () => undefined },
    handoffs: memoryAggregates<HandoffStates>(memoryTable()),
    policy: onePolicy(policy),
    clock: { now: () => now },
    keyedHash: testKeyedHash,
    brake: { pace, metrics: { add: (name: string, value: number) => void metrics.push(`${name} ${value}`) } },
  });
  const come = async (...names: string[]) => {
    for (const name of names) await makeScoreLead(deps())([who(name, now), ...interest(name, now)]);
  };
  const idOf = (name: string) => makeResolveLead(deps())(emailOf(name));
  const lead = async (name: string): Promise<Lead> =>
    (await memoryLeads(table).load(await idOf(name))).state!;
  const timeline = async (name: string) => {
    const leads = memoryLeads(table);
    return leads.timeline(await idOf(name), await leads.load(await idOf(name)), wholeSpan);
  };
  const stageFacts = () => table.stream.filter(({ type }) => type === 'LeadStageChanged').length;
  const release = async (name: string) =>
    makeAdvanceLead(deps()).activate({ leadId: await idOf(name), by: 'anna' });

  it('lets so many go on, and holds the others: no stage, no fact, counted', async () => {
    await come('a', 'b', 'c', 'd', 'e');
    expect((await lead('c')).stage).toBe('mql');
    expect(await lead('d')).toMatchObject({
      stage: 'inquiry',
      wouldBeMql: { by: 'interest', held: 'surge', since: now },
    });
    expect(stageFacts()).toBe(3);
    expect(metrics).toEqual(['MqlHeldCount 1', 'MqlHeldCount 1']);
    expect(await pace.hours()).toEqual([{ hour: hourOf(now), passed: 3, held: 2 }]);
    expect(await collect(memoryHeldLeads(table).ids())).toEqual([await idOf('d'), await idOf('e')]);
    expect(await collect(memoryWaitingLeads(table).ids())).toEqual([]);
  });

  it('counts nobody twice: copies, and more from one who is held', async () => {
    await come('a', 'b', 'c', 'd', 'd');
    await makeScoreLead(deps())(interest('d', now, 2));
    expect(await pace.hours()).toEqual([{ hour: hourOf(now), passed: 3, held: 1 }]);
    expect((await lead('d')).wouldBeMql?.since).toBe(now);
  });

  it('never holds who asks to talk, also if it was held before', async () => {
    await come('a', 'b', 'c', 'd');
    const asks = (name: string) =>
      engagementMessage(
        anEngagement({ id: `${name}-demo`, kind: 'demo-requested', occurredAt: now, lead: emailOf(name) }),
        now,
      );
    await makeScoreLead(deps())([asks('d')]);
    await makeScoreLead(deps())([asks('new')]);
    expect((await lead('d')).stage).toBe('mql');
    expect(await lead('d')).not.toHaveProperty('wouldBeMql');
    expect((await lead('new')).stage).toBe('mql');
    expect((await pace.hours())[0]).toMatchObject({ passed: 3, held: 1 });
  });

  it('does not hold back history, nor count it', async () => {
    await come('a', 'b', 'c');
    await makeTakeHistory(deps())([who('past', now), ...interest('past', now)]);
    expect((await lead('past')).wouldBeMql?.held).toBeUndefined();
    expect((await pace.hours())[0]).toMatchObject({ passed: 3, held: 0 });
  });

  it('takes over who waits since an import, and history does not make it an import again', async () => {
    await makeTakeHistory(deps())([who('d', day(-1)), ...interest('d', day(-1))]);
    const since = (await lead('d')).wouldBeMql?.since;
    await come('a', 'b', 'c');
    await makeScoreLead(deps())(interest('d', now, 2));
    expect((await lead('d')).wouldBeMql).toMatchObject({ held: 'surge', since });
    await makeTakeHistory(deps())(interest('d', now, 3));
    expect((await lead('d')).wouldBeMql?.held).toBe('surge');
  });

  it('is off again a day later; who shows new interest then goes on, the others wait', async () => {
    await come('a', 'b', 'c', 'd', 'e');
    now = day(1);
    await come('f');
    await makeScoreLead(deps())(interest('d', now, 2));
    expect((await lead('f')).stage).toBe('mql');
    expect((await lead('d')).stage).toBe('mql');
    expect((await lead('e')).wouldBeMql?.held).toBe('surge');
  });

  it('lets a person release them, once, decided again from what is true then', async () => {
    await come('a', 'b', 'c', 'd', 'e');
    await release('d');
    await release('d');
    expect(await lead('d')).toMatchObject({
      stage: 'mql',
      mqlCause: { type: 'command' },
    });
    expect(stageFacts()).toBe(4);
    // The half-life of nothing they did is that long.
    now = day(300);
    await release('e');
    expect((await lead('e')).stage).toBe('inquiry');
    expect(await lead('e')).not.toHaveProperty('wouldBeMql');
    expect(stageFacts()).toBe(4);
  });

  it('lets a verdict neither hand on who is held, nor forget that it is', async () => {
    await come('a', 'b', 'c', 'd');
    const leadId = await idOf('d');
    const leads = memoryLeads(table);
    const loaded = await leads.load(leadId);
    const timeline = await leads.timeline(leadId, loaded, wholeSpan);
    const judged = (verdict: 'void' | 'release', sequence: number, state: Lead) =>
      decideVerdicts(
        state,
        timeline,
        [
          {
            id: verdict,
            engagementId: engagementRef('d-pricing-viewed-1'),
            verdict,
            sequence,
            by: 'anna',
            reason: 'so',
          },
        ],
        { leadId, profile: {}, policy, now },
      ).state;
    const voided = judged('void', 1, loaded.state!);
    expect(voided).toMatchObject({ stage: 'inquiry', wouldBeMql: { held: 'surge' } });
    expect(judged('release', 2, voided)).toMatchObject({ stage: 'inquiry', wouldBeMql: { held: 'surge' } });
  });

  it('holds one that a change of its profile makes an MQL, and knows it on release', async () => {
    await come('a', 'b', 'c');
    await makeScoreLead(deps())(interest('d', now));
    await makeScoreLead(deps())([who('d', now)]);
    expect(await lead('d')).toMatchObject({
      stage: 'inquiry',
      wouldBeMql: { held: 'surge', causeId: 'd-profile' },
    });
    await release('d');
    expect((await lead('d')).stage).toBe('mql');
  });

  it('knows on release who was held for a profile alone, where a policy asks for no interest', async () => {
    const mql = { ...policy.policy.mql, threshold: { score: 30, engagement: 0, fit: 15 } };
    const profileIsEnough = { ...policy, policy: { ...policy.policy, mql } };
    const lenient = () => ({ ...deps(), policy: onePolicy(profileIsEnough) });
    for (const name of ['a', 'b', 'c', 'd']) await makeScoreLead(lenient())([who(name, now)]);
    expect((await lead('d')).wouldBeMql?.held).toBe('surge');
    await makeAdvanceLead(lenient()).activate({ leadId: await idOf('d'), by: 'anna' });
    expect((await lead('d')).stage).toBe('mql');
  });

  it('leaves a lead as it was saved where counting fails, and does not count a copy', async () => {
    await come('a', 'b', 'c');
    const failing = {
      ...deps(),
      brake: { ...deps().brake, pace: { ...pace, add: () => Promise.reject(new Error('no')) } },
    };
    await expect(makeScoreLead(failing)([who('d', now), ...interest('d', now)])).rejects.toThrow('no');
    await come('d');
    expect((await lead('d')).wouldBeMql?.held).toBe('surge');
    expect((await pace.hours())[0]).toMatchObject({ passed: 3, held: 0 });
  });

  it('holds the move and nothing else: points, timeline and what campaigns hear are as without it', async () => {
    await come('a', 'b', 'c', 'd');
    const held = await lead('d');
    const kept = await timeline('d');
    const heard = table.stream.filter(({ type }) => type !== 'LeadStageChanged').length;
    table = memoryTable();
    const { brake: _, ...free } = deps();
    for (const name of ['a', 'b', 'c', 'd'])
      await makeScoreLead(free)([who(name, now), ...interest(name, now)]);
    const went = await lead('d');
    expect(went.stage).toBe('mql');
    expect(held.tally).toEqual(went.tally);
    expect(kept).toEqual(await timeline('d'));
    expect(kept.length).toBeGreaterThan(0);
    expect(table.stream.filter(({ type }) => type !== 'LeadStageChanged')).toHaveLength(heard);
  });
});
