import { beforeEach, describe, expect, it } from 'vitest';
import { makeApplyPolicy } from '../../../functions/advance-lead/apply-policy.ts';
import { makeScoreLead, makeTakeHistory } from '../../../functions/score-lead/score-lead.ts';
import { impactText } from '../../../infra/cli/impact/impact-text.ts';
import { runApply } from '../../../infra/cli/impact/run-apply.ts';
import { runImpact } from '../../../infra/cli/impact/run-impact.ts';
import { applyPolicy } from '../../../shared/events/commands.ts';
import { makeResolveLead } from '../../../shared/leads/resolve-lead.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { Message, PublishedPolicy } from '../../../shared/ports.ts';
import { memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadHeads, memoryLeadRecords, memoryLeads } from '../../../shared/simulation/memory-leads.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
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
const with_ = (change: (policy: Policy) => Partial<Policy>): Policy => ({
  ...old.policy,
  ...change(old.policy),
});

/** Visits pay much more, but only those of the page with prices. */
const paying = (points: number, page?: string): Policy =>
  with_(({ scoring }) => ({
    scoring: {
      ...scoring,
      rules: scoring.rules.map((rule) =>
        rule.kind.includes('page-viewed')
          ? {
              ...rule,
              points,
              when: page === undefined ? [] : [{ property: 'page', equals: page, not: false }],
            }
          : rule,
      ),
    },
  }));

const emailOf = (name: string) => ({ email: `${name}@acme.example` });
const did = (name: string, kind: string, days = 0) =>
  engagementMessage(
    anEngagement({ id: `${name}-${kind}-${days}`, kind, occurredAt: day(days), lead: emailOf(name) }),
    day(0),
  );
const who = (name: string) =>
  profileMessage(aProfileChange({ id: `${name}-p`, lead: emailOf(name), traits: idealTraits }), day(0));

describe('what a policy would make of the leads that are stored', () => {
  let table: ReturnType<typeof memoryTable>;
  let inForce: PublishedPolicy;
  let published: PublishedPolicy[];
  const now = day(0.5);
  beforeEach(() => {
    table = memoryTable();
    inForce = old;
    published = [old];
  });
  const policy = {
    current: async () => inForce,
    published: async (hash: string) => published.find((one) => one.hash === hash)!.policy,
  };
  const publish = (next: Policy) => {
    inForce = { hash: `h${published.length}`, sequence: published.length + 1, policy: next };
    published.push(inForce);
  };
  const deps = () => ({
    leads: memoryLeads(table),
    records: memoryLeadRecords(table),
    rawLog: { append: async () => undefined },
    policy,
    clock: { now: () => now },
    keyedHash: testKeyedHash,
  });
  const come = (...messages: ReturnType<typeof did>[]) => makeScoreLead(deps())(messages);
  const idOf = (name: string) => makeResolveLead(deps())(emailOf(name));
  const impactOf = (proposed?: Policy) =>
    runImpact(proposed, { ...deps(), heads: memoryLeadHeads(table), now, onProgress: () => undefined });
  const stored = () => [...table.items.values()].map(({ kind, id, version }) => `${kind} ${id} ${version}`);

  it('names who would be an MQL, and why, and changes nothing', async () => {
    await come(who('jo'), did('jo', 'page-viewed'));
    await come(did('al', 'page-viewed'));
    const before = stored();
    const report = await impactOf(paying(30));
    expect(report).toMatchObject({
      leads: 2,
      refolded: 2,
      already: 0,
      isProposed: true,
      mqlPerMonth: 50,
      mqls: [
        {
          leadId: await idOf('jo'),
          stage: 'inquiry',
          score: { from: 41, to: 65 },
          mql: { by: 'interest', already: false },
        },
      ],
      bands: [
        { from: '0-24', to: '25-49', leads: 1 },
        { from: '25-49', to: '50-74', leads: 1 },
      ],
    });
    const [reason] = report.mqls[0]?.mql?.reasons ?? [];
    expect(reason?.points).toBeGreaterThan(0);
    expect(stored()).toEqual(before);
    expect(impactText(report, 20)).toContain(await idOf('jo'));
    expect(impactText(report, 20)).toContain('The target is 50 a month');
  });

  it('says what kept engagements cannot have', async () => {
    await come(who('jo'), did('jo', 'page-viewed'), did('jo', 'page-viewed', -1));
    const report = await impactOf(paying(30, '/prices'));
    expect(report.mqls).toEqual([]);
    expect(report.unkept).toMatchObject([
      { property: 'page', kind: 'page-viewed', engagements: 2, leads: 1 },
    ]);
    expect(impactText(report, 20)).toContain('Counts only engagements that come after it is published');
  });

  it('sees criteria change where scoring does not, and reads no timeline for that', async () => {
    await come(who('jo'), did('jo', 'page-viewed'));
    const lenient = with_(({ mql }) => ({
      mql: { ...mql, threshold: { score: 20, engagement: 1, fit: 0 } },
    }));
    const report = await impactOf(lenient);
    expect(report).toMatchObject({ refolded: 0, mqls: [{ mql: { by: 'interest' } }] });
  });

  it('hears who asked by a rule that asks now', async () => {
    await come(did('jo', 'pricing-viewed'));
    const asking = with_(({ scoring }) => ({
      scoring: {
        ...scoring,
        rules: scoring.rules.map((rule) =>
          rule.kind.includes('pricing-viewed') ? { ...rule, intent: true } : rule,
        ),
      },
    }));
    expect((await impactOf(asking)).mqls).toMatchObject([{ mql: { by: 'asked' } }]);
  });

  it('tells apart who qualifies as it is', async () => {
    await come(who('jo'), did('jo', 'page-viewed'));
    publish(paying(30));
    // Looked at anew, and not moved by it.
    await come(did('jo', 'looked-around'));
    expect(await impactOf(inForce.policy)).toMatchObject({ already: 1, mqls: [{ mql: { already: true } }] });
  });

  it('lets who waits for a person wait', async () => {
    await makeTakeHistory(deps())([who('jo'), did('jo', 'page-viewed')]);
    publish(paying(30));
    await makeTakeHistory(deps())([did('jo', 'page-viewed', -1)]);
    expect(await impactOf(paying(40))).toMatchObject({ waiting: 1, mqls: [] });
  });

  it('sees MQLs without an open handoff go cold, and others become hot', async () => {
    await come(who('jo'), did('jo', 'demo-requested'));
    const leads = memoryLeads(table);
    const loaded = await leads.load(await idOf('jo'));
    const { unconfirmed: _, ...state } = loaded.state!;
    await leads.save(await idOf('jo'), loaded, { state, facts: [] });
    const poorer = with_(({ scoring }) => ({
      scoring: {
        ...scoring,
        rules: scoring.rules.map((rule) => ({ ...rule, points: rule.points > 0 ? 1 : rule.points })),
      },
    }));
    expect(await impactOf(poorer)).toMatchObject({ cold: [{ leadId: await idOf('jo'), stage: 'mql' }] });
    const coolest = with_(({ mql }) => ({ mql: { ...mql, hot: [{ score: 99 }] } }));
    expect((await impactOf(coolest)).hot.noLonger).toHaveLength(1);
  });

  describe('without a folder', () => {
    it('compares the one in force with what leads have, and apply makes it so', async () => {
      await come(who('jo'), did('jo', 'page-viewed'));
      await come(did('al', 'page-viewed'));
      publish(paying(30));
      expect(await impactOf()).toMatchObject({
        isProposed: false,
        refolded: 2,
        mqls: [{ leadId: await idOf('jo') }],
      });

      const log: string[] = [];
      const world = () => ({
        ...deps(),
        heads: memoryLeadHeads(table),
        now: () => now,
        sleep: async (ms: number) => void log.push(`${ms} ms`),
        commands: {
          // Each comes twice, as any message may.
          async send(messages: readonly Message[]) {
            for (const { type, detail } of [...messages, ...messages]) {
              log.push(type);
              expect(applyPolicy.type).toBe(type);
              await makeApplyPolicy(deps())(detail as never);
            }
          },
        },
      });
      expect(await runApply({ rate: 60, by: 'anna', limit: 1 }, world())).toMatchObject({
        leads: 2,
        sent: 1,
        left: 1,
        applied: 1,
        pending: 0,
      });
      const second = await runApply({ rate: 60, by: 'anna' }, world());
      expect(second).toMatchObject({ done: 1, sent: 1, left: 0, applied: 1, pending: 0 });
      expect(await runApply({ rate: 60, by: 'anna' }, world())).toMatchObject({
        done: 2,
        sent: 0,
        applied: 0,
        mqls: 0,
      });
      expect(table.stream.filter(({ type }) => type === 'LeadStageChanged')).toHaveLength(1);
      expect(await impactOf()).toMatchObject({ refolded: 0, mqls: [], bands: [] });
    });

    it('keeps the pace, and says who has not followed', async () => {
      for (const name of ['a', 'b', 'c']) await come(did(name, 'page-viewed'));
      publish(paying(30));
      const log: unknown[] = [];
      const report = await runApply(
        { rate: 60, by: 'anna' },
        {
          ...deps(),
          heads: memoryLeadHeads(table),
          now: () => now,
          sleep: async (ms) => void log.push(ms),
          commands: { send: async (messages) => void log.push(messages.length) },
        },
      );
      expect(log.slice(0, 5)).toEqual([1, 1000, 1, 1000, 1]);
      expect(report).toMatchObject({ sent: 3, applied: 0, pending: 3 });
    });
  });
});
