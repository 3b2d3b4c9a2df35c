import { beforeEach, describe, expect, it } from 'vitest';
import { makeApplyPolicy } from '../../../functions/advance-lead/apply-policy.ts';
import { makeScoreLead, makeTakeHistory } from '../../../functions/score-lead/score-lead.ts';
import { scoredTimeline } from '../../../shared/domain/counted.ts';
import { foldEntries } from '../../../shared/domain/fold/fold-entries.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { leadLog } from '../../../shared/leads/log/lead-log.ts';
import { longestInPassing } from '../../../shared/leads/scored-by.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { PolicySource, PublishedPolicy } from '../../../shared/ports.ts';
import { memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { fullAt, memoryLeadItems } from '../../../shared/simulation/memory-lead-items.ts';
import { memoryLeadRecords, memoryLeads } from '../../../shared/simulation/memory-leads.ts';
import type { CrashPoint } from '../../support/crashes.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { redelivered } from '../../support/redelivery.ts';
import {
  anEngagement,
  aProfileChange,
  day,
  engagementMessage,
  idealTraits,
  profileMessage,
  testKeyedHash,
} from '../../support/scoring-world.ts';

const old: PublishedPolicy = { hash: 'old', sequence: 1, policy: defaultPolicy({ zone: 'UTC' }) };
const paying = (points: number): Policy => {
  const { scoring } = old.policy;
  const rules = scoring.rules.map((rule) => (rule.kind.includes('page-viewed') ? { ...rule, points } : rule));
  return { ...old.policy, scoring: { ...scoring, rules } };
};
const generous: PublishedPolicy = { hash: 'generous', sequence: 2, policy: paying(30) };
/** Scores alike. */
const lenient: PublishedPolicy = {
  hash: 'lenient',
  sequence: 2,
  policy: {
    ...old.policy,
    mql: { ...old.policy.mql, threshold: { score: 20, engagement: 1, fit: 0 } },
  },
};
const strict: PublishedPolicy = { ...old, hash: 'strict', sequence: 3 };

const visit = (days: number) =>
  engagementMessage(anEngagement({ id: `visit-${days}`, occurredAt: day(days) }), day(0));
const who = profileMessage(aProfileChange({ traits: idealTraits, id: 'profile' }), day(0));

describe('applying a policy', () => {
  let inForce: PublishedPolicy;
  let table: ReturnType<typeof memoryTable>;
  let leadId: string;
  let now: string;
  const policies: PolicySource = {
    current: async () => inForce,
    published: async (hash) => [old, generous, lenient, strict].find((one) => one.hash === hash)!.policy,
  };
  beforeEach(async () => {
    inForce = old;
    table = memoryTable();
    now = day(0);
    leadId = `l${await testKeyedHash.of('email:jo@acme.example')}`;
  });
  const deps = () => ({
    leads: memoryLeads(table),
    records: memoryLeadRecords(table),
    rawLog: { append: async () => undefined },
    policy: policies,
    clock: { now: () => now },
    keyedHash: testKeyedHash,
  });
  const receive = (...messages: ReturnType<typeof visit>[]) => makeScoreLead(deps())(messages);
  const apply = (sequence = inForce.sequence) => makeApplyPolicy(deps())({ leadId, by: 'anna', sequence });
  const lead = async (): Promise<Lead> => (await memoryLeads(table).load(leadId)).state!;
  const moves = () =>
    table.stream.flatMap((fact) => (fact.type === 'LeadStageChanged' ? [`${fact.to} ${fact.actor}`] : []));
  const manyVisits = () => Array.from({ length: longestInPassing + 1 }, (_, i) => visit(-60 - i));

  it('folds a timeline of any length anew, and makes an MQL of who qualifies, once, by name', async () => {
    await receive(who, ...manyVisits());
    inForce = generous;
    expect(await apply()).toBe('saved');
    const state = await lead();
    const { leads } = deps();
    const timeline = await leads.timeline(leadId, await leads.load(leadId), wholeSpan);
    expect(state.tally).toEqual(foldEntries(scoredTimeline(state, timeline), generous.policy));
    expect(state).toMatchObject({ stage: 'mql', policy: { hash: 'generous', sequence: 2 } });
    expect(state.mqlCause).toMatchObject({ type: 'command' });
    expect(state.mqlCause?.id).toMatch(/^apply-2-/);
    expect(moves()).toEqual(['mql anna']);
    expect(await apply()).toBe('unchanged');
    expect(moves()).toEqual(['mql anna']);
  });

  it('moves who qualifies where only the criteria changed', async () => {
    await receive(who, visit(0));
    inForce = lenient;
    await apply();
    expect(moves()).toEqual(['mql anna']);
  });

  it('reaches who was looked at anew in passing, and did not move by that', async () => {
    await receive(who, visit(-1));
    inForce = generous;
    await receive(engagementMessage(anEngagement({ kind: 'looked-around', occurredAt: day(0) }), day(0)));
    expect((await lead()).policy.hash).toBe('generous');
    expect(moves()).toEqual([]);
    await apply();
    expect(moves()).toEqual(['mql anna']);
  });

  it('writes a lead that stays where it is, once', async () => {
    await receive(visit(0));
    inForce = generous;
    expect(await apply()).toBe('saved');
    expect(await lead()).toMatchObject({ stage: 'inquiry', policy: { hash: 'generous' } });
    expect(await apply()).toBe('unchanged');
    expect(moves()).toEqual([]);
  });

  it('does nothing where another policy is in force meanwhile', async () => {
    await receive(who, visit(0));
    inForce = strict;
    expect(await apply(2)).toBe('unchanged');
    expect((await lead()).policy.hash).toBe('old');
  });

  it('does nothing where there is no lead', async () => {
    expect(await makeApplyPolicy(deps())({ leadId: 'nobody', by: 'anna', sequence: 1 })).toBe('unchanged');
  });

  it('lets who waits for a person wait on', async () => {
    inForce = generous;
    await makeTakeHistory(deps())([who, visit(0)]);
    inForce = { ...lenient, sequence: 3 };
    await apply();
    expect(await lead()).toMatchObject({ stage: 'inquiry', policy: { hash: 'lenient' } });
    expect((await lead()).wouldBeMql).toBeDefined();
    expect(moves()).toEqual([]);
  });

  it.each(['before', 'after'] as const)('makes an MQL once, whatever call it stops %s', async (when) => {
    for (let call = 0; call < 12; call++) {
      table = memoryTable();
      inForce = old;
      await receive(who, ...manyVisits());
      inForce = generous;
      const points: CrashPoint[] = [{ call, when }];
      await redelivered(points, (wrap) => {
        const leads = leadLog(wrap(memoryLeadItems(table)), fullAt(8));
        return makeApplyPolicy({ ...deps(), leads, records: wrap(memoryLeadRecords(table)) })({
          leadId,
          by: 'anna',
          sequence: 2,
        });
      });
      expect(moves()).toEqual(['mql anna']);
    }
  });
});
