import { expect, it } from 'vitest';
import { makeRescueAnswer } from '../../../functions/reconcile/rescue-answers.ts';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import { memoryBus } from '../../../shared/simulation/memory-bus.ts';
import { memoryLeadEvidenceReader } from '../../../shared/simulation/memory-leads.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import { day } from '../../support/scoring-world.ts';
import { anna, bert, published, twoLeads } from '../../support/two-leads.ts';

it('an answer that its lead had followed before it was merged is told no more', async () => {
  const leads = await twoLeads();
  const handoffOf = async (leadId: string): Promise<Handoff> => {
    const { state } = await leads.sales.load('lead-handoffs', leadId);
    return (await leads.sales.load('handoff', state!.current!)).state!;
  };
  const answer = async (
    handoff: Handoff,
    at: string,
    changes: Partial<Handoff>,
    type: StampedFact['type'],
  ) => {
    const detail = { factId: `f-${handoff.id}`, leadId: handoff.leadId, handoffId: handoff.id, at, by: 'r' };
    const said = { ...detail, reason: 'no-need', late: false };
    const state: Handoff = { ...handoff, ...changes, unconfirmed: JSON.stringify({ type, ...said }) };
    const { version } = await leads.sales.load('handoff', handoff.id);
    await leads.sales.commit([{ kind: 'handoff', id: handoff.id, version, state, facts: [] }]);
    leads.time.now = at;
    await leads.worker().advance({ type, detail: said, receivedAt: at } as never);
  };
  await leads.asks(anna, 2);
  await answer(
    await handoffOf(leads.annaId),
    day(2.5),
    { status: 'accepted', acceptedAt: day(2.5) },
    'HandoffAccepted',
  );
  await leads.asks(bert, 3);
  const rejected = await handoffOf(leads.bertId);
  const outcome = { type: 'rejected', reason: 'no-need', at: day(3.5) } as const;
  await answer(rejected, day(3.5), { status: 'closed', outcome }, 'HandoffRejected');
  const lists = await leads.sales.load('lead-handoffs', leads.bertId);
  const { current: _, ...over } = lists.state!;
  await leads.sales.commit([
    { kind: 'lead-handoffs', id: leads.bertId, version: lists.version, state: over, facts: [] },
  ]);
  await leads.merge(4);
  await leads.finish();
  expect((await leads.now(leads.bertId)).lead).toMatchObject({ stage: 'sal', stageAt: day(2.5) });

  leads.time.now = day(5);
  const bus = memoryBus();
  const rescue = makeRescueAnswer({
    handoffs: leads.sales,
    leads: memoryLeadEvidenceReader(leads.tables.leads, onePolicy(published)),
    leadStore: leads.leads,
    bus,
    policy: onePolicy(published),
    clock: { now: () => leads.time.now },
  });
  expect((await rescue({ kind: 'handoff', id: rejected.id, dueAt: day(5) }, undefined)).answer).toBe(
    'confirmed',
  );
  expect((await leads.sales.load('handoff', rejected.id)).state).not.toHaveProperty('unconfirmed');
});
