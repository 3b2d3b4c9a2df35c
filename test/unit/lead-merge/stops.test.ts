import { expect, it } from 'vitest';
import { Crash, type CrashPoint, crashing } from '../../support/crashes.ts';
import { mergeCommand } from '../../support/merge-history.ts';
import { day } from '../../support/scoring-world.ts';
import { anna, bert, twoLeads } from '../../support/two-leads.ts';

/** From the command to the end, each message again if its process stopped: what there is afterwards. */
const run = async (point?: CrashPoint) => {
  const leads = await twoLeads();
  for (let i = 2; i < 10; i++) {
    await leads.did(anna, 'pricing-viewed', i / 4, { properties: { asset: `a${i}` } });
    await leads.did(bert, 'pricing-viewed', i / 4, { properties: { asset: `a${i}` } });
    await leads.did(bert, 'case-study-viewed', i / 4, { properties: { asset: `b${i}` } });
  }
  await leads.said(anna, 3, { role: 'intern' });
  await leads.said(bert, 3.5, { role: 'director' });
  await leads.asks(bert, 3.6, { 'form.size': '20' });
  await leads.enrolled(leads.annaId, 'did-it-help');
  await leads.enrolled(leads.bertId, 'did-it-help', { step: 1 });
  await leads.enrolled(leads.bertId, 'answer-request');
  for (const [name, marketing] of [
    [anna, 'granted'],
    [bert, 'opted-out'],
  ] as const) {
    const state = { marketing, changedAt: day(1), applied: [] };
    await leads.nurture.commit([
      { kind: 'address', id: await leads.addressOf(name), version: 0, state, facts: [] },
    ]);
  }
  leads.time.now = day(4);
  const { wrap, calls } = crashing(point);
  const first = leads.worker(wrap);
  /** The process that stops is the one that is under way then; the message comes again to another one. */
  const deliver = async (work: (worker: typeof first) => Promise<unknown>) => {
    try {
      await work(first);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      await work(leads.worker());
    }
  };
  await deliver((worker) => worker.merge(mergeCommand('m1', [leads.annaId, leads.bertId])));
  const merged = leads.tables.leads.stream.filter(({ type }) => type === 'LeadMerged');
  expect(merged).toHaveLength(1);
  const [fact] = merged;
  if (fact?.type !== 'LeadMerged') throw new Error('not merged');
  await deliver((worker) => worker.openHandoff.merged(fact));
  await deliver((worker) => worker.enrol(fact));
  await deliver((worker) => worker.record(fact));
  await deliver((worker) => worker.due(leads.bertId));
  const { leads: _, ...others } = leads.tables;
  return {
    calls: calls(),
    leadItems: [...leads.tables.leads.items.values()].map(({ version: _version, ...item }) => item),
    others: Object.values(others).map(({ items, stream }) => [[...items.values()], stream]),
    facts: leads.tables.leads.stream,
  };
};

it('a stop before or after any call of a merge, and of what follows, changes nothing in the end', async () => {
  const { calls, ...whole } = await run();
  expect(calls).toBeGreaterThan(50);
  for (let call = 0; call < calls; call++)
    for (const when of ['before', 'after'] as const) {
      const { calls: _, ...stopped } = await run({ call, when });
      expect(stopped, `a stop ${when} call ${call}`).toEqual(whole);
    }
}, 120_000);
