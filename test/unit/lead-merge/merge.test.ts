import { beforeEach, describe, expect, it } from 'vitest';
import { mergeCommand } from '../../support/merge-history.ts';
import { day } from '../../support/scoring-world.ts';
import { anna, bert, type TwoLeads, twoLeads } from '../../support/two-leads.ts';

let leads: TwoLeads;
beforeEach(async () => {
  leads = await twoLeads();
});

describe('two leads that become one', () => {
  it('are the older one from then on, with all that both did', async () => {
    await leads.did(anna, 'pricing-viewed', 2);
    await leads.did(bert, 'pricing-viewed', 2);
    expect(await leads.merge(3)).toBe('merged');
    const { leadId, lead, timeline } = await leads.now(leads.bertId);
    expect(leadId).toBe(leads.annaId);
    expect(timeline.map(({ kind }) => kind)).toEqual(['page-viewed', 'page-viewed', 'pricing-viewed']);
    expect(lead).toMatchObject({ count: 3, absorbed: [{ id: leads.bertId, at: day(3) }] });
    expect(await leads.head(leads.bertId)).toMatchObject({
      mergedInto: { into: leads.annaId, id: 'm1', by: 'anna', reason: 'one person', at: day(3) },
    });
    expect(leads.tables.leads.stream.filter(({ type }) => type !== 'LeadEngaged')).toMatchObject([
      { type: 'LeadMerged', leadId: leads.bertId, into: leads.annaId, by: 'anna', commandId: 'm1' },
    ]);
  });

  it('are heard under either name', async () => {
    await leads.merge(3);
    await leads.did(bert, 'pricing-viewed', 4);
    await leads.did(anna, 'pricing-viewed', 4);
    await leads.did(bert, 'webinar-attended', 5);
    const { lead } = await leads.now(leads.annaId);
    expect(lead?.count).toBe(4);
    expect((await leads.head(leads.bertId))?.count).toBe(1);
    expect(await leads.view(leads.bertId)).toEqual(await leads.view(leads.annaId));
    expect(await leads.view(leads.bertId)).toMatchObject({ leadId: leads.annaId, absorbed: [leads.bertId] });
  });

  it('know what was said of either, the later of each trait and answer', async () => {
    await leads.said(anna, 2, { role: 'intern', industry: 'software' });
    await leads.said(bert, 3, { role: 'director' });
    await leads.did(anna, 'webinar-registered', 3, { properties: { 'form.size': '10', 'form.when': 'now' } });
    await leads.did(bert, 'webinar-registered', 4, { properties: { 'form.size': '20' } });
    await leads.merge(5);
    const view = await leads.view(leads.bertId);
    expect(view?.profile).toMatchObject({ role: { value: 'director' }, industry: { value: 'software' } });
    expect(view?.evidence.answers).toEqual({ size: '20', when: 'now' });
    await leads.said(bert, 6, { role: 'ceo' });
    expect((await leads.view(leads.annaId))?.profile.role?.value).toBe('ceo');
  });

  it('have the later cut-off, the verdicts and the decisions of both', async () => {
    const by = { by: 'ed', reason: 'so' };
    await leads.worker().judge({
      id: 'v1',
      leadId: leads.bertId,
      engagementId: 'page-viewed-1',
      verdict: 'void',
      sequence: 1,
      ...by,
    });
    for (const [i, leadId] of [leads.annaId, leads.bertId].entries()) {
      leads.time.now = day(2 + i);
      const detail = { leadId, ...by };
      await leads
        .worker()
        .advance({ type: 'PromoteLead', detail: { id: `p${i}`, ...detail }, receivedAt: day(2) });
      await leads
        .worker()
        .advance({ type: 'DemoteLead', detail: { id: `d${i}`, ...detail }, receivedAt: day(2) });
    }
    await leads.merge(5);
    const { lead } = await leads.now(leads.annaId);
    expect(lead).toMatchObject({ stage: 'recycled', cutOff: day(3), verdicts: [{ id: 'v1' }] });
    expect(lead?.manualMoves?.map(({ id }) => id)).toEqual(['p0', 'd0', 'p1', 'd1']);
    const again = { id: 'p1', leadId: leads.bertId, ...by };
    expect(await leads.worker().advance({ type: 'PromoteLead', detail: again, receivedAt: day(6) })).toBe(
      'unchanged',
    );
  });

  it('make no MQL by that', async () => {
    for (let i = 2; i < 9; i++)
      await leads.did(i % 2 ? anna : bert, 'webinar-attended', i, { properties: { asset: `w${i}` } });
    await leads.merge(9);
    expect((await leads.now(leads.annaId)).lead?.stage).toBe('inquiry');
  });

  it('take over a handoff that is about to be opened', async () => {
    await leads.did(bert, 'demo-requested', 3);
    await leads.merge(4);
    await leads.hear();
    const [handoff] = [...leads.tables.sales.items.values()].filter(({ kind }) => kind === 'handoff');
    expect(handoff?.state).toMatchObject({ leadId: leads.annaId, status: 'open', mqlAt: day(3) });
    expect((await leads.now(leads.annaId)).lead?.unconfirmed).toBeDefined();
    leads.time.now = day(5);
    expect(await leads.worker().due(leads.annaId)).toBe('saved');
    const { lead, dueAt } = await leads.now(leads.annaId);
    expect(lead).toMatchObject({ stage: 'mql', handoff: { id: handoff?.id, open: true } });
    expect([lead?.unconfirmed, dueAt]).toEqual([undefined, undefined]);
  });

  it('come again as a command, and nothing happens', async () => {
    await leads.merge(3);
    const kept = [...leads.tables.leads.items.values()];
    expect(await leads.merge(4)).toBe('unchanged');
    expect([...leads.tables.leads.items.values()]).toEqual(kept);
  });
});

describe('a merge is refused, for whoever asks to see', () => {
  const refusalOf = async (command = mergeCommand('m9', [leads.annaId, leads.bertId])) => {
    expect(await leads.worker().merge(command)).toBe('refused');
    expect(await leads.worker().merge(command)).toBe('refused');
    const last = leads.rejections.at(-1);
    expect(last).toMatchObject({ by: 'advance-lead', code: 'illegal-merge' });
    const head = await leads.head(command.leadIds[0]);
    if (head !== undefined)
      expect(head.refusedMerges).toMatchObject([{ id: 'm9', refused: last?.reasons[0] }]);
    return last?.reasons[0];
  };

  it('while both have a handoff', async () => {
    await leads.asks(anna, 3);
    await leads.asks(bert, 3.5);
    expect(await refusalOf()).toBe('both have a handoff that is open or accepted');
  });

  it('while one has a handoff, and that of the other is about to be opened', async () => {
    await leads.asks(anna, 3);
    await leads.did(bert, 'demo-requested', 4);
    expect(await refusalOf()).toBe('both have a handoff that is open or accepted');
  });

  it('if one was merged already', async () => {
    await leads.merge(3);
    await leads.finish();
    expect(await refusalOf()).toBe(`${leads.bertId} was merged into ${leads.annaId}`);
  });

  it('with itself, and with nobody', async () => {
    expect(await refusalOf(mergeCommand('m9', [leads.annaId, leads.annaId]))).toBe('it is one lead');
    expect(await leads.worker().merge(mergeCommand('m8', [leads.annaId, 'nobody']))).toBe('refused');
    expect(leads.rejections.at(-1)?.reasons).toEqual(['there is no lead nobody']);
  });

  it('while another merge of it is not complete', async () => {
    const cleo = { email: 'cleo@acme.example' };
    await leads.did(cleo, 'page-viewed', 2);
    const cleoId = await leads.leadIdOf(cleo);
    await leads.merge(3);
    expect(await refusalOf(mergeCommand('m9', [cleoId, leads.annaId]))).toContain('takes a minute or two');
    await leads.finish();
    expect(await leads.worker().merge(mergeCommand('m10', [cleoId, leads.annaId]))).toBe('merged');
    expect((await leads.now(cleoId)).lead?.absorbed?.map(({ id }) => id)).toEqual([leads.bertId, cleoId]);
    expect((await leads.now(cleoId)).timeline).toHaveLength(3);
  });
});
