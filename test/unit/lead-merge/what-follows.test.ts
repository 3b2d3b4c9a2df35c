import { beforeEach, describe, expect, it } from 'vitest';
import { makeReconcile } from '../../../functions/reconcile/reconcile.ts';
import { loadStep } from '../../../functions/send-nurture-mail/load-step.ts';
import type { Address } from '../../../shared/domain/nurture.ts';
import { decideStep } from '../../../shared/domain/nurture-step.ts';
import { later, MINUTE } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import { memoryDueIndex } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadEvidenceReader } from '../../../shared/simulation/memory-leads.ts';
import { memoryMetrics } from '../../../shared/simulation/memory-metrics.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import { day, testKeyedHash } from '../../support/scoring-world.ts';
import { anna, bert, published, type TwoLeads, twoLeads } from '../../support/two-leads.ts';

let leads: TwoLeads;
beforeEach(async () => {
  leads = await twoLeads();
});

describe('the handoff of the one that goes', () => {
  const handoffOf = async (leadId: string) => {
    const { state } = await leads.sales.load('lead-handoffs', leadId);
    return state?.current === undefined
      ? undefined
      : (await leads.sales.load('handoff', state.current)).state;
  };

  it('goes over as it is, whatever name its facts bear', async () => {
    await leads.asks(bert, 3);
    const before = (await handoffOf(leads.bertId))!;
    const dueAt = leads.tables.sales.items.find('handoff', before.id)?.dueAt;
    await leads.merge(4);
    await leads.finish();
    expect(await handoffOf(leads.annaId)).toEqual({ ...before, leadId: leads.annaId });
    expect(leads.tables.sales.items.find('handoff', before.id)?.dueAt).toBe(dueAt);
    expect((await leads.sales.load('lead-handoffs', leads.bertId)).state).toEqual({
      heard: [],
      mergedInto: leads.annaId,
    });
    expect((await leads.now(leads.annaId)).lead).toMatchObject({ stage: 'mql', stageAt: day(3) });
    expect((await leads.head(leads.bertId))?.unconfirmed).toBeUndefined();
    expect((await leads.leads.load(leads.bertId)).dueAt).toBeUndefined();

    const { version } = await leads.sales.load('handoff', before.id);
    const accepted = { ...before, leadId: leads.annaId, status: 'accepted' as const, acceptedAt: day(4.5) };
    await leads.sales.commit([{ kind: 'handoff', id: before.id, version, state: accepted, facts: [] }]);
    const fact = {
      factId: 'f',
      leadId: leads.bertId,
      handoffId: before.id,
      at: day(4.5),
      by: 'r',
      late: false,
    };
    await leads.worker().advance({ type: 'HandoffAccepted', detail: fact, receivedAt: day(5) });
    expect((await leads.now(leads.annaId)).lead?.stage).toBe('sal');
  });

  it('is moved before anything else is decided of the other', async () => {
    await leads.asks(bert, 3);
    await leads.merge(4);
    // It asks under its older name, and nobody has heard of the merge yet.
    await leads.did(anna, 'quote-requested', 5);
    await leads.hear((fact) => fact.type === 'LeadAskedToTalk');
    expect((await handoffOf(leads.annaId))?.asked?.engagementId).toBeDefined();
    expect([...leads.tables.sales.items.values()].filter(({ kind }) => kind === 'handoff')).toHaveLength(1);
    expect((await leads.sales.load('lead-handoffs', leads.annaId)).state?.heard).toContain(
      'quote-requested-5',
    );
  });

  describe('with a lead that is further by itself', () => {
    beforeEach(async () => {
      await leads.asks(bert, 3);
      const deal = { id: 'd1', lead: anna, outcome: 'won', at: day(3.5) } as const;
      await leads.worker().advance({ type: 'DealChanged', detail: deal, receivedAt: day(3.5) });
      await leads.hear();
    });

    it('has no purpose any more', async () => {
      const handoff = (await handoffOf(leads.bertId))!;
      await leads.merge(4);
      await leads.finish();
      expect((await leads.sales.load('handoff', handoff.id)).state).toMatchObject({
        leadId: leads.annaId,
        status: 'closed',
        outcome: { type: 'withdrawn', reason: 'customer' },
      });
    });

    it('does not move it, answered before anybody heard of the merge', async () => {
      const handoff = (await handoffOf(leads.bertId))!;
      await leads.merge(4);
      const { version } = await leads.sales.load('handoff', handoff.id);
      const outcome = { type: 'rejected', reason: 'no-need', at: day(5) } as const;
      const state = { ...handoff, status: 'closed' as const, outcome };
      await leads.sales.commit([{ kind: 'handoff', id: handoff.id, version, state, facts: [] }]);
      const about = { factId: 'f', leadId: leads.bertId, handoffId: handoff.id, at: day(5) };
      const detail = { ...about, by: 'r', reason: 'no-need' };
      await leads.worker().advance({ type: 'HandoffRejected', detail, receivedAt: day(5) });
      expect((await leads.now(leads.annaId)).lead?.stage).toBe('customer');
    });
  });

  it('is one: of two that were opened while they were merged the older goes on', async () => {
    await leads.asks(bert, 3);
    const [own] = [(await handoffOf(leads.bertId))!];
    const other = { ...own, id: 'h-other', leadId: leads.annaId, mqlAt: day(3.5), openedAt: day(3.5) };
    await leads.merge(4);
    await leads.sales.commit([
      { kind: 'handoff', id: other.id, version: 0, state: other, facts: [] },
      {
        kind: 'lead-handoffs',
        id: leads.annaId,
        version: 0,
        state: { current: other.id, last: other.id, heard: [] },
        facts: [],
      },
    ]);
    await leads.finish();
    expect((await handoffOf(leads.annaId))?.id).toBe(own.id);
    expect((await leads.sales.load('handoff', other.id)).state?.outcome).toMatchObject({
      type: 'withdrawn',
      reason: 'merged',
    });
  });
});

describe('nurture of the one that goes', () => {
  const mailboxOf = async (leadId: string) => (await leads.nurture.load('mailbox', leadId)).state;
  const enrolmentOf = async (id: string) => (await leads.nurture.load('enrolment', id)).state;
  const put = async (name: { email: string }, address: Partial<Address>) => {
    const state: Address = { marketing: 'granted', changedAt: day(0), applied: [], ...address };
    await leads.nurture.commit([
      { kind: 'address', id: await leads.addressOf(name), version: 0, state, facts: [] },
    ]);
  };
  const addressOf = async (name: { email: string }) =>
    (await leads.nurture.load('address', await leads.addressOf(name))).state;

  it('goes on where it was, and of one campaign the further one', async () => {
    const moving = await leads.enrolled(leads.bertId, 'price-then-silent');
    const [behind, ahead] = [
      await leads.enrolled(leads.annaId, 'did-it-help', { step: 0 }),
      await leads.enrolled(leads.bertId, 'did-it-help', { step: 1 }),
    ];
    await leads.merge(4);
    await leads.finish();
    expect(await enrolmentOf(moving)).toMatchObject({
      leadId: leads.annaId,
      status: 'waiting',
      nextAt: day(30),
    });
    expect(await enrolmentOf(ahead)).toMatchObject({ leadId: leads.annaId, status: 'waiting', step: 1 });
    expect(await enrolmentOf(behind)).toMatchObject({ status: 'exited', exitReason: 'merged' });
    expect((await mailboxOf(leads.annaId))?.enrolments).toMatchObject({
      'price-then-silent': { id: moving, active: true },
      'did-it-help': { id: ahead, active: true },
    });
    expect(await mailboxOf(leads.bertId)).toEqual({
      marketingSends: [],
      enrolments: {},
      mergedInto: leads.annaId,
    });
    expect(leads.tables.nurture.stream).toMatchObject([{ type: 'NurtureExited', reason: 'merged' }]);
  });

  it('counts what both were mailed', async () => {
    for (const [leadId, at] of [
      [leads.annaId, day(2)],
      [leads.bertId, day(3)],
    ] as const)
      await leads.nurture.commit([
        {
          kind: 'mailbox',
          id: leadId,
          version: 0,
          state: { marketingSends: [at], enrolments: {} },
          facts: [],
        },
      ]);
    await leads.merge(4);
    await leads.finish();
    await leads
      .worker()
      .hear(leads.tables.leads.stream.find((fact: StampedFact) => fact.type === 'LeadMerged')!);
    expect((await mailboxOf(leads.annaId))?.marketingSends).toEqual([day(2), day(3)]);
  });

  it.each<[string, Partial<Address>, Partial<Address>]>([
    ['an opt-out', { marketing: 'opted-out' }, { marketing: 'opted-out', changedAt: day(4) }],
    ['a complaint', { suppressed: 'complaint' }, { suppressed: 'complaint' }],
    ['a bounce', { suppressed: 'bounce' }, { suppressed: 'bounce' }],
  ])('%s of one address holds for the other', async (_, ofBert, expected) => {
    await put(anna, {});
    await put(bert, ofBert);
    await leads.merge(4);
    await leads.finish();
    expect(await addressOf(anna)).toMatchObject(expected);
    expect(await addressOf(bert)).toMatchObject(ofBert);
  });

  it('waits with every mail until it has gone over', async () => {
    const own = await leads.enrolled(leads.annaId, 'did-it-help', { nextAt: day(3) });
    const moving = await leads.enrolled(leads.bertId, 'price-then-silent', { nextAt: day(3) });
    await leads.merge(4);
    const decide = async (id: string) => {
      const step = await loadStep(
        {
          nurture: leads.nurture,
          sales: leads.sales,
          leads: memoryLeadEvidenceReader(leads.tables.leads, onePolicy(published)),
          hash: testKeyedHash,
        },
        id,
        published,
        leads.time.now,
      );
      return decideStep(step!.context, published.policy, leads.time.now);
    };
    const waits = { type: 'wait', until: later(day(4), MINUTE) };
    expect([await decide(own), await decide(moving)]).toEqual([waits, waits]);
    await leads.finish();
    expect(await decide(moving)).not.toMatchObject({ type: 'wait', until: later(day(4), MINUTE) });
  });

  it('enrols nobody until it has gone over', async () => {
    await leads.merge(4);
    const fact = {
      type: 'LeadEngaged',
      factId: 'f1',
      leadId: leads.bertId,
      at: day(4),
      engagementId: 'e1',
      kind: 'pricing-viewed',
      occurredAt: day(4),
    } as const;
    await expect(leads.worker().enrol(fact)).rejects.toThrow('is being merged');
    await leads.finish();
    expect(await leads.worker().enrol(fact)).toEqual({ entered: ['price-then-silent'], left: [] });
    expect(Object.keys((await mailboxOf(leads.annaId))!.enrolments)).toEqual(['price-then-silent']);
  });
});

describe('the journey of the one that goes', () => {
  it('is a part of the other, the earlier of each, also for what comes late', async () => {
    await leads.asks(bert, 3);
    await leads.merge(4);
    await leads.finish();
    const journeyOf = async (id: string) => (await leads.journeys.load('lead-journey', id)).state;
    expect(await journeyOf(leads.annaId)).toMatchObject({ mqlAt: day(3), askedAt: day(3) });
    expect(await journeyOf(leads.bertId)).toMatchObject({ mergedInto: leads.annaId });
    const [first] = leads.tables.leads.stream;
    await leads.worker().hear({ ...first!, factId: 'late', at: day(2) } as StampedFact);
    expect((await journeyOf(leads.annaId))?.mqlAt).toBe(day(2));
    expect((await journeyOf(leads.bertId))?.mqlAt).toBe(day(3));
  });
});

describe('a merge of which nobody has heard', () => {
  it('stays due, and is told again after five minutes, with the same id', async () => {
    await leads.merge(4);
    const [fact] = leads.tables.leads.stream;
    const again: StampedFact[] = [];
    const reconcile = () =>
      makeReconcile({
        leadStore: leads.leads,
        leads: memoryLeadEvidenceReader(leads.tables.leads, onePolicy(published)),
        handoffs: leads.sales,
        roster: leads.sales,
        dueLeads: memoryDueIndex(leads.tables.leads),
        dueHandoffs: memoryDueIndex(leads.tables.sales),
        bus: { publish: async (facts) => void again.push(...facts) },
        policy: onePolicy(published),
        metrics: memoryMetrics(),
        clock: { now: () => leads.time.now },
      })();
    leads.time.now = later(day(4), 4 * MINUTE);
    expect(await leads.worker().due(leads.bertId)).toBe('unchanged');
    expect(await reconcile()).toMatchObject({ moves: 0 });
    leads.time.now = later(day(4), 5 * MINUTE);
    expect(await reconcile()).toMatchObject({ moves: 1 });
    expect(again).toEqual([fact]);
    await leads.worker().hear(again[0]!);
    expect(await leads.worker().due(leads.bertId)).toBe('saved');
    expect(await reconcile()).toMatchObject({ moves: 0 });
  });
});
