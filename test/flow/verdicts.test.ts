import { describe, expect, it } from 'vitest';
import type { InboundEvent } from '../../infra/cli/inbound-event.ts';
import { type JudgeOptions, judgeEngagement } from '../../infra/cli/lead/judge-engagement.ts';
import type { LeadWorld } from '../../infra/cli/lead/lead-world.ts';
import { type MoveLeadOptions, moveLeadByHand } from '../../infra/cli/lead/move-lead.ts';
import { UsageError } from '../../infra/cli/usage-error.ts';
import { engagementRef } from '../../shared/domain/engagement-ref.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import type { Message } from '../../shared/ports.ts';
import {
  aFlowSystem,
  type FlowSystem,
  factCounts,
  handoffsOf,
  leadsOf,
  mailsTo,
  startAt,
  timelinesOf,
} from '../support/flow-system.ts';

const mary = 'mary@harbour.example';
const did = (id: string, kind: string): InboundEvent => ({
  type: 'EngagementRecorded',
  detail: { id, kind, occurredAt: startAt, lead: { email: mary }, properties: { asset: 'guide' } },
});
const whoSheIs: InboundEvent = {
  type: 'ProfileChanged',
  detail: {
    id: 'profile',
    lead: { email: mary },
    occurredAt: startAt,
    traits: { company: 'Harbour', employees: 120, industry: 'software', role: 'director', country: 'GB' },
  },
};

/** The command line's side of it. Every command comes twice, as any message may. */
const worldOf = (system: FlowSystem): LeadWorld => {
  let ids = 0;
  const queue = system.queueOf('advance-lead');
  return {
    leads: {
      async load(leadId) {
        await system.drain();
        return system.ports.leads.load(leadId);
      },
      timeline: system.ports.leads.timeline,
    },
    commands: { send: (messages: readonly Message[]) => queue.send([...messages, ...messages]) },
    newId: () => String(++ids),
    now: system.clock.now,
    sleep: async () => undefined,
  };
};

const aScene = async (events: readonly InboundEvent[], loses?: Parameters<typeof aFlowSystem>[0]) => {
  const system = aFlowSystem(loses);
  for (const event of events) system.put(event);
  await system.drain();
  const world = worldOf(system);
  const leadId = [...system.tables.leads.items.values()].find(({ kind }) => kind === 'lead')?.id ?? '';
  return {
    system,
    leadId,
    judge: (engagementId: string, verdict: JudgeOptions['verdict']) =>
      judgeEngagement({ leadId, engagementId, verdict, by: 'olga', reason: 'looked at it' }, world),
    move: (type: MoveLeadOptions['type']) =>
      moveLeadByHand({ type, leadId, by: 'olga', reason: 'spoke to her' }, world),
    score: async () =>
      (await system.ports.leadReader.view(leadId, await system.ports.policy.current(), system.clock.now()))
        ?.score,
    handoffs: () => handoffsOf(system).map(({ status }) => status),
    stage: () => leadsOf(system).map(({ stage }) => stage),
  };
};

describe('a verdict on an engagement', () => {
  it('changes the score exactly, and changes it back', async () => {
    const { system, judge, score, stage } = await aScene([
      whoSheIs,
      did('e-look', 'page-viewed'),
      did('e-guide', 'content-downloaded'),
    ]);
    const before = await score();
    const without = await (await aScene([whoSheIs, did('e-look', 'page-viewed')])).score();
    expect(await judge('e-guide', 'hold')).toMatchObject({ outcome: 'in-force', engagementKnown: true });
    expect(await score()).toBe(without);
    await judge('e-guide', 'release');
    expect(await score()).toBe(before);
    await judge('e-guide', 'void');
    system.put(did('e-guide', 'content-downloaded'));
    await system.drain();
    expect(await score()).toBe(without);
    expect(stage()).toEqual(['inquiry']);
    expect((await timelinesOf(system))[0]).toHaveLength(2);
    expect(system.deadLetters).toEqual([]);
  });

  it('on an ask that sales has leaves the handoff to sales', async () => {
    const { system, judge, handoffs, stage } = await aScene([whoSheIs, did('e-ask', 'demo-requested')]);
    await judge('e-ask', 'void');
    await system.playUntil('2026-11-02T10:00:00.000Z');
    expect(stage()).toEqual(['mql']);
    expect(handoffs()).toEqual(['open']);
    expect(factCounts(system)).toMatchObject({ LeadStageChanged: 1 });
    const late = system.facts.filter((fact) => fact.type === 'HandoffBreached' && fact.deadline === 'accept');
    expect(late).toHaveLength(1);
    expect(factCounts(system).HandoffWithdrawn).toBeUndefined();
  });

  it('that releases a held ask hands it off once, also when the facts get lost', async () => {
    const { system, leadId, judge, handoffs, stage } = await aScene(
      [whoSheIs, did('e-look', 'page-viewed')],
      (() => {
        let left = 2;
        return ({ type }) => (type === 'LeadStageChanged' || type === 'LeadAskedToTalk') && left-- > 0;
      })(),
    );
    expect(await judge('e-ask', 'hold')).toMatchObject({ outcome: 'in-force', engagementKnown: false });
    system.put(did('e-ask', 'demo-requested'));
    await system.playUntil('2026-11-02T08:30:00.000Z');
    expect(stage()).toEqual(['inquiry']);
    expect(handoffs()).toEqual([]);
    expect(mailsTo(system, mary)).toEqual([]);

    await judge('e-ask', 'release');
    expect(stage()).toEqual(['mql']);
    expect(handoffs()).toEqual([]);
    await system.playUntil('2026-11-02T08:45:00.000Z');
    expect(handoffsOf(system)).toMatchObject([
      { id: handoffIdOf(leadId, engagementRef('e-ask')), status: 'open' },
    ]);
    await judge('e-ask', 'hold');
    await judge('e-ask', 'release');
    await system.playUntil('2026-11-02T08:55:00.000Z');
    expect(factCounts(system)).toMatchObject({ LeadStageChanged: 1, LeadAskedToTalk: 1, HandoffOpened: 1 });
    expect(system.deadLetters).toEqual([]);
  });
});

describe('a person who moves a lead', () => {
  it('makes an MQL with a handoff, takes it back with the handoff, and makes another', async () => {
    const { system, move, handoffs, stage } = await aScene([whoSheIs, did('e-look', 'page-viewed')]);
    expect(await move('promote')).toMatchObject({ from: 'inquiry', to: 'mql', outcome: 'moved' });
    await system.playUntil('2026-11-02T08:10:00.000Z');
    expect(handoffs()).toEqual(['open']);
    expect(leadsOf(system)[0]?.unconfirmed).toBeUndefined();

    expect(await move('promote')).toMatchObject({
      outcome: 'refused',
      why: 'promoted does not move a lead from mql to mql',
    });

    expect(await move('demote')).toMatchObject({ from: 'mql', to: 'recycled', outcome: 'moved' });
    await system.playUntil('2026-11-02T08:20:00.000Z');
    expect(handoffs()).toEqual(['closed']);
    expect(handoffsOf(system)[0]?.outcome).toMatchObject({ type: 'withdrawn' });

    await move('promote');
    await system.playUntil('2026-11-02T08:30:00.000Z');
    expect(handoffs().sort()).toEqual(['closed', 'open']);
    expect(stage()).toEqual(['mql']);
    expect(factCounts(system)).toMatchObject({ LeadStageChanged: 3, HandoffOpened: 2, HandoffWithdrawn: 1 });
    expect(new Set(system.rejections.map(({ code }) => code))).toEqual(new Set(['illegal-move']));
    expect(system.deadLetters).toEqual([]);
  });

  it('names a lead that there is', async () => {
    const world = worldOf(aFlowSystem());
    await expect(
      moveLeadByHand({ type: 'demote', leadId: 'nobody', by: 'olga', reason: 'x' }, world),
    ).rejects.toThrow(UsageError);
  });

  it('is not believed from the bus', async () => {
    const { system, leadId, stage, score } = await aScene([whoSheIs, did('e-look', 'page-viewed')]);
    const before = await score();
    const said = { id: 'x', leadId, by: 'olga', reason: 'so there' };
    system.put({ type: 'PromoteLead', detail: said });
    system.put({
      type: 'EngagementJudged',
      detail: { ...said, engagementId: 'e-look', verdict: 'void', sequence: 1 },
    });
    await system.drain();
    expect(stage()).toEqual(['inquiry']);
    expect(await score()).toBe(before);
  });
});
