import { beforeEach, describe, expect, it } from 'vitest';
import { makeAdvanceLead } from '../../../functions/advance-lead/advance-lead.ts';
import { makeMoveByHand } from '../../../functions/advance-lead/move-by-hand.ts';
import { makeScoreLead } from '../../../functions/score-lead/score-lead.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import { scoringKey } from '../../../shared/domain/fold/scoring-index.ts';
import type { HandoffStates } from '../../../shared/domain/handoff.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { leadReader } from '../../../shared/leads/lead-reader.ts';
import { longestInPassing } from '../../../shared/leads/scored-by.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { PolicySource, PublishedPolicy } from '../../../shared/ports.ts';
import { memoryAggregates, memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadRecords, memoryLeads } from '../../../shared/simulation/memory-leads.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { anEngagement, day, engagementMessage, testKeyedHash } from '../../support/scoring-world.ts';

const old: PublishedPolicy = { hash: 'old', sequence: 1, policy: defaultPolicy({ zone: 'UTC' }) };

/** One that pays other points for visits to the website, and looks at the page. */
const paying = (points: number, page?: string): Policy => {
  const { scoring } = old.policy;
  const when = page === undefined ? [] : [{ property: 'page', equals: page, not: false }];
  const rules = scoring.rules.map((rule) =>
    rule.kind.includes('page-viewed') ? { ...rule, points, when } : rule,
  );
  return { ...old.policy, scoring: { ...scoring, rules } };
};
const next: PublishedPolicy = { hash: 'next', sequence: 2, policy: paying(7) };
const renamed: PublishedPolicy = {
  hash: 'renamed',
  sequence: 2,
  policy: { ...old.policy, version: 'renamed' },
};

const visit = (days: number, properties?: Record<string, string>) =>
  engagementMessage(
    anEngagement({ id: `visit-${days}`, kind: 'page-viewed', occurredAt: day(days), properties }),
    day(days),
  );

describe('a lead under a policy that is published', () => {
  let inForce: PublishedPolicy;
  let asked: (number | undefined)[];
  let table: ReturnType<typeof memoryTable>;
  let leadId: string;
  let now: string;
  const policies: PolicySource = {
    async current(sequence) {
      asked.push(sequence);
      return inForce;
    },
    async published(hash) {
      const found = [old, next, renamed].find((one) => one.hash === hash);
      if (found === undefined) throw new Error(`no policy ${hash}`);
      return found.policy;
    },
  };
  beforeEach(async () => {
    inForce = old;
    asked = [];
    table = memoryTable();
    now = day(0);
    leadId = `l${await testKeyedHash.of('email:jo@acme.example')}`;
  });
  const deps = () => ({
    leads: memoryLeads(table),
    records: memoryLeadRecords(table),
    rawLog: { append: async () => undefined },
    rejected: { add: async () => undefined },
    handoffs: memoryAggregates<HandoffStates>(memoryTable()),
    policy: policies,
    clock: { now: () => now },
    keyedHash: testKeyedHash,
  });
  const receive = async (...messages: ReturnType<typeof visit>[]) => makeScoreLead(deps())(messages);
  const loaded = () => memoryLeads(table).load(leadId);
  const state = async () => (await loaded()).state!;
  const engagement = async () => {
    const { leads, records } = deps();
    return (await leadReader({ leads, records, policies }).view(leadId, inForce, now))?.engagement;
  };

  it('is shown as it was decided, until its next write scores it anew', async () => {
    await receive(visit(0));
    inForce = next;
    expect(await engagement()).toBeCloseTo(1, 9);
    now = day(1);
    await receive(visit(1));
    // The half-life of the category is 14 days.
    expect(await engagement()).toBeCloseTo(7 + 7 * 2 ** (-1 / 14), 9);
    expect((await state()).policy).toEqual({ hash: 'next', sequence: 2, scoring: scoringKey(next.policy) });
  });

  it('is not written by what it knows, nor by what is decided to nothing', async () => {
    await receive(visit(0));
    const before = await loaded();
    inForce = next;
    await receive(visit(0));
    await makeAdvanceLead(deps()).due({ kind: 'lead', id: leadId, dueAt: day(0) });
    await makeAdvanceLead(deps()).activate({ leadId, by: 'anna' });
    expect(await loaded()).toEqual(before);
  });

  it('is scored anew by any write, also one that says nothing about policies', async () => {
    await receive(visit(0));
    inForce = next;
    // Refused, and remembered.
    await makeMoveByHand(deps())('demote', { id: 'd', leadId, by: 'anna', reason: 'so' });
    expect((await state()).policy.hash).toBe('next');
    expect(await engagement()).toBeCloseTo(7, 9);
  });

  it('has nothing to be scored anew where a policy scores alike', async () => {
    await receive(visit(0));
    inForce = renamed;
    const { tally } = await state();
    expect(await engagement()).toBeCloseTo(1, 9);
    await receive(visit(0.5));
    expect((await state()).policy).toMatchObject({ hash: 'renamed', sequence: 2 });
    expect((await state()).tally.sums).toEqual(tally.sums);
  });

  it('waits where its timeline is long, and keeps what the new policy will read', async () => {
    const many = Array.from({ length: longestInPassing + 1 }, (_, i) => visit(-1 - i));
    await receive(...many);
    inForce = { hash: 'next', sequence: 2, policy: paying(7, '/prices') };
    const before = await engagement();
    await receive(visit(0, { page: '/prices', other: 'x' }));
    expect(await engagement()).toBeCloseTo(Math.min(25, (before ?? 0) + 1), 9);
    const lead = await state();
    expect(lead.policy).toEqual({ hash: 'old', sequence: 1, scoring: scoringKey(old.policy) });
    const { leads } = deps();
    const timeline = await leads.timeline(leadId, await leads.load(leadId), wholeSpan);
    expect(timeline.find(({ id }) => id === engagementRef('visit-0'))?.facets).toEqual({ page: '/prices' });
  });

  it('asks for no older policy than it was decided with', async () => {
    inForce = next;
    await receive(visit(0));
    asked = [];
    await receive(visit(1));
    expect(asked).toContain(2);
    await makeMoveByHand(deps())('promote', { id: 'p', leadId, by: 'anna', reason: 'so' });
    expect(asked.at(-1)).toBe(2);
  });
});
