import { describe, expect, it } from 'vitest';
import { makeReconcile } from '../../functions/reconcile/reconcile.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import { type Lead, newLead } from '../../shared/domain/lead.ts';
import type { LeadView } from '../../shared/domain/lead-view.ts';
import type { RosterStates } from '../../shared/domain/roster.ts';
import { later, MINUTE } from '../../shared/domain/time.ts';
import type { FactOf, StampedFact } from '../../shared/events/facts.ts';
import { memoryAggregates, memoryDueIndex, memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import { memoryBus } from '../../shared/simulation/memory-bus.ts';
import { memoryLeads } from '../../shared/simulation/memory-leads.ts';
import { memoryMetrics } from '../../shared/simulation/memory-metrics.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { publishedDefaultPolicy } from '../support/default-policy.ts';
import { aHandoff, aLeadView, aRoster, monday } from '../support/sales.ts';
import { accepted, pulledBack, rejected } from '../support/sales-facts.ts';

const sixMinutesAgo = later(monday, -6 * MINUTE);

const becameMql: FactOf<'LeadStageChanged'> = {
  type: 'LeadStageChanged',
  factId: 'lead-l-1#3#0',
  leadId: 'l-1',
  at: sixMinutesAgo,
  from: 'inquiry',
  to: 'mql',
  cause: { type: 'engagement', id: 'e-1' },
  actor: 'baton',
  reason: 'threshold',
  policy: 'p',
  score: 60,
  hot: false,
};

const aLead = (over: Partial<Lead> = {}): Lead => ({
  ...newLead(sixMinutesAgo, { hash: 'p', sequence: 1, scoring: 's' }),
  stage: 'mql',
  unconfirmed: JSON.stringify(becameMql),
  ...over,
});

const reconcileWorld = async ({
  lead,
  handoffs = [],
  view = aLeadView(),
}: Readonly<{
  lead?: Lead;
  handoffs?: readonly (Handoff & Readonly<{ dueAt?: string }>)[];
  view?: LeadView | null;
}>) => {
  const leadTable = memoryTable();
  const leadStore = memoryLeads(leadTable);
  const nobody = await leadStore.load('l-1');
  if (lead !== undefined)
    await leadStore.save('l-1', nobody, { state: lead, facts: [], dueAt: later(monday, -MINUTE) });
  const handoffTable = memoryTable();
  const handoffStore = memoryAggregates<SalesStates>(handoffTable);
  for (const { dueAt = monday, ...state } of handoffs)
    await handoffStore.commit([{ kind: 'handoff', id: state.id, version: 0, state, facts: [], dueAt }]);
  const roster = memoryAggregates<RosterStates>(memoryTable());
  await roster.commit([{ kind: 'roster', id: 'current', version: 0, state: aRoster(), facts: [] }]);
  const bus = memoryBus();
  const metrics = memoryMetrics();
  const published = publishedDefaultPolicy();
  const deps = {
    leadStore,
    handoffs: handoffStore,
    roster,
    leads: { view: async () => view ?? undefined },
    bus,
    metrics,
    policy: onePolicy(published),
    clock: { now: () => monday },
    dueLeads: memoryDueIndex(leadTable),
    dueHandoffs: memoryDueIndex(handoffTable),
  };
  return { ...deps, deps, reconcile: makeReconcile(deps), handoffTable };
};

const answered = (fact: StampedFact, over: Partial<Handoff> = {}): Handoff =>
  aHandoff({ status: 'accepted', unconfirmed: JSON.stringify(fact), ...over });

const none = { moves: 0, answers: 0, confirmed: 0, orphaned: 0 };

describe('moves to MQL', () => {
  it('tells one again, as it was, until its handoff is there', async () => {
    const { reconcile, bus, metrics } = await reconcileWorld({ lead: aLead() });
    expect(await reconcile()).toEqual({ ...none, moves: 1 });
    expect(await reconcile()).toEqual({ ...none, moves: 1 });
    expect(bus.facts).toEqual([becameMql, becameMql]);
    expect(metrics.values.get('RescueCount')).toEqual([1, 1]);
  });

  it('leaves one alone whose handoff exists', async () => {
    const handoff = aHandoff({ id: handoffIdOf('l-1', 'e-1') });
    const { reconcile, bus } = await reconcileWorld({ lead: aLead(), handoffs: [handoff] });
    expect(await reconcile()).toEqual(none);
    expect(bus.facts).toEqual([]);
  });

  it('has nothing to do with leads that are due for other reasons, and says so', async () => {
    const { unconfirmed: _, ...lead } = aLead();
    const { reconcile, metrics } = await reconcileWorld({ lead });
    expect(await reconcile()).toEqual(none);
    expect(metrics.values.get('RescueCount')).toEqual([0]);
  });
});

describe('answers', () => {
  const late = { at: sixMinutesAgo };

  it.each<[string, StampedFact, Partial<LeadView> | null]>([
    ['accepted', accepted(late), { stage: 'sal' }],
    ['accepted, and gone on', accepted(late), { stage: 'sql' }],
    ['rejected', rejected(late), { stage: 'recycled' }],
    ['rejected, and new again', rejected(late), { stage: 'mql', stageAt: monday }],
    ['pulled back', { ...pulledBack(), ...late }, { stage: 'recycled' }],
    ['of a lead that was erased', accepted(late), null],
  ])('clears one that its lead has followed: %s', async (_, fact, view) => {
    const { reconcile, handoffs, bus, handoffTable } = await reconcileWorld({
      handoffs: [answered(fact, { status: 'closed' })],
      view: view === null ? null : aLeadView(view),
    });
    expect(await reconcile()).toEqual({ ...none, confirmed: 1 });
    expect((await handoffs.load('handoff', 'h-1')).state?.unconfirmed).toBeUndefined();
    expect(handoffTable.items.get('handoff#h-1')?.dueAt).toBeUndefined();
    expect(bus.facts).toEqual([]);
    expect(await reconcile()).toEqual(none);
  });

  it.each<[string, StampedFact, LeadView['stage']]>([
    ['accepted', accepted(late), 'mql'],
    ['rejected', rejected(late), 'mql'],
    ['rejected after accepting', rejected(late), 'sal'],
  ])('tells one again that its lead has not followed in time: %s', async (_, fact, stage) => {
    const { reconcile, bus } = await reconcileWorld({
      handoffs: [answered(fact)],
      view: aLeadView({ stage }),
    });
    expect(await reconcile()).toEqual({ ...none, answers: 1 });
    expect(bus.facts).toEqual([fact]);
  });

  it('waits five minutes before that', async () => {
    const { reconcile, bus } = await reconcileWorld({ handoffs: [answered(accepted())] });
    expect(await reconcile()).toEqual(none);
    expect(bus.facts).toEqual([]);
  });

  it('clears one before it comes due, so that nothing seems overdue', async () => {
    const dueAt = later(monday, 5 * MINUTE);
    const { reconcile } = await reconcileWorld({
      handoffs: [{ ...answered(accepted()), dueAt }],
      view: aLeadView({ stage: 'sal' }),
    });
    expect(await reconcile()).toEqual({ ...none, confirmed: 1 });
  });

  it('gives the handoff back the time of its next tier', async () => {
    const tier = { name: 'breach', do: 'breach', at: '2026-12-01T10:00:00.000Z' } as const;
    const { reconcile, handoffTable } = await reconcileWorld({
      handoffs: [answered(accepted(late), { plan: { qualify: { dueAt: tier.at, tiers: [tier] } } })],
      view: aLeadView({ stage: 'sal' }),
    });
    await reconcile();
    expect(handoffTable.items.get('handoff#h-1')?.dueAt).toBe(tier.at);
  });

  it('leaves an answer alone that came while it looked', async () => {
    const world = await reconcileWorld({
      handoffs: [answered(accepted(late))],
      view: aLeadView({ stage: 'sal' }),
    });
    const newer = JSON.stringify(rejected());
    const leads = {
      view: async () => {
        const { version } = await world.handoffs.load('handoff', 'h-1');
        const state = aHandoff({ status: 'closed', unconfirmed: newer });
        await world.handoffs.commit([{ kind: 'handoff', id: 'h-1', version, state, facts: [] }]);
        return aLeadView({ stage: 'sal' });
      },
    };
    await makeReconcile({ ...world.deps, leads })();
    expect((await world.handoffs.load('handoff', 'h-1')).state?.unconfirmed).toBe(newer);
  });
});

describe('handoffs that are held by somebody who has left', () => {
  it('go to a colleague, are counted, and told to those concerned', async () => {
    const { reconcile, handoffs, handoffTable } = await reconcileWorld({
      handoffs: [aHandoff({ holder: 'gone' }), aHandoff({ id: 'h-2' })],
    });
    expect(await reconcile()).toEqual({ ...none, orphaned: 1 });
    expect((await handoffs.load('handoff', 'h-1')).state).toMatchObject({
      holder: 'rita',
      assignment: 2,
      previousHolders: ['gone'],
    });
    expect((await handoffs.load('team-loads', 'dach')).state).toEqual({ loads: { rita: 1 } });
    expect(handoffTable.stream.map(({ type }) => type)).toEqual(['HandoffBreached', 'HandoffReassigned']);
    expect(handoffTable.stream[1]).toMatchObject({ from: 'gone', reason: 'holder-left' });
    expect(await reconcile()).toEqual(none);
  });

  it('go to the manager where every colleague has had them', async () => {
    const { reconcile, handoffs } = await reconcileWorld({
      handoffs: [aHandoff({ holder: 'gone', assignment: 3, previousHolders: ['rita', 'ron'] })],
    });
    await reconcile();
    expect((await handoffs.load('handoff', 'h-1')).state).toMatchObject({ holder: 'mia', manager: 'nora' });
  });

  it.each<[string, Partial<Handoff>]>([
    ['an accepted one', { status: 'accepted' }],
    ['one of a team that is no longer', { team: 'gone', manager: 'gone-too' }],
  ])('stay, and are counted until somebody cares: %s', async (_, over) => {
    const { reconcile, handoffs } = await reconcileWorld({
      handoffs: [aHandoff({ holder: 'gone', ...over })],
    });
    expect(await reconcile()).toEqual({ ...none, orphaned: 1 });
    expect(await reconcile()).toEqual({ ...none, orphaned: 1 });
    expect((await handoffs.load('handoff', 'h-1')).version).toBe(1);
  });
});

it('looks at all others when one cannot be read, and fails then', async () => {
  const broken = answered(accepted({ at: sixMinutesAgo }), { id: 'h-0', unconfirmed: '{"type":"?"}' });
  const { reconcile, bus, metrics } = await reconcileWorld({
    handoffs: [broken, answered(accepted({ at: sixMinutesAgo }))],
  });
  await expect(reconcile()).rejects.toThrow('1 items');
  expect(bus.facts).toHaveLength(1);
  expect(metrics.values.get('RescueCount')).toEqual([1]);
});
