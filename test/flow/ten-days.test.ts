import { describe, expect, it } from 'vitest';
import { storyEvents } from '../../infra/cli/demo/story.ts';
import type { InboundEvent } from '../../infra/cli/inbound-event.ts';
import {
  aFlowSystem,
  type FlowSystem,
  factCounts,
  handoffsOf,
  leadsOf,
  linkIn,
  mailsTo,
  requestOf,
  startAt,
  timelinesOf,
} from '../support/flow-system.ts';

const anEngagement = (
  id: string,
  kind: string,
  email: string,
  overrides: Record<string, unknown> = {},
): InboundEvent => ({
  type: 'EngagementRecorded',
  detail: { id, kind, occurredAt: startAt, lead: { email }, ...overrides },
});
const aProfile = (
  email: string,
  traits: Record<string, unknown>,
  consent?: Record<string, unknown>,
): InboundEvent => ({
  type: 'ProfileChanged',
  detail: {
    id: `profile-${email}`,
    lead: { email },
    occurredAt: startAt,
    traits,
    ...(consent === undefined ? {} : { consent }),
  },
});
const mary = 'mary@harbour.example';
const marysTraits = {
  firstName: 'Mary',
  lastName: 'Hill',
  company: 'Harbour',
  employees: 120,
  industry: 'software',
  role: 'director',
  country: 'GB',
  language: 'en',
};
const maryAsks = (system: FlowSystem) => {
  system.put(aProfile(mary, marysTraits));
  system.put(anEngagement('e-demo', 'demo-requested', mary, { properties: { challenge: 'leads get lost' } }));
};

describe('somebody who asks to talk', () => {
  it('is offered to a rep, answered at once, and found in the journeys', async () => {
    const system = aFlowSystem();
    maryAsks(system);
    await system.playUntil('2026-11-02T08:05:00.000Z');
    expect(factCounts(system)).toMatchObject({
      LeadStageChanged: 1,
      LeadAskedToTalk: 1,
      HandoffOpened: 1,
      NurtureMailSent: 1,
    });
    const [handoff] = handoffsOf(system);
    expect(handoff).toMatchObject({ status: 'open', priority: 'hot', team: 'international' });
    expect(mailsTo(system, `${handoff?.holder}@sales.example`)).toHaveLength(1);
    expect(mailsTo(system, mary)).toMatchObject([{ stream: 'service' }]);
    const journeys = [...system.tables.journeys.items.values()].map(({ kind, state }) => ({ kind, state }));
    expect(journeys).toContainEqual({
      kind: 'lead-journey',
      state: expect.objectContaining({ mqlAt: startAt }),
    });
    expect(system.deadLetters).toEqual([]);
  });

  it('is never silently dropped: the ladder is climbed once, rung by rung, up to the next manager', async () => {
    const system = aFlowSystem();
    maryAsks(system);
    await system.playUntil('2026-11-03T17:00:00.000Z');
    const accept = system.facts.filter((fact) => 'deadline' in fact && fact.deadline === 'accept');
    const told = accept.map(({ type }) => type);
    expect(told.filter((type) => type === 'HandoffBreached')).toHaveLength(1);
    expect(told.indexOf('HandoffReminded')).toBeLessThan(told.indexOf('HandoffBreached'));
    expect(told).toContain('HandoffReassigned');
    expect(told.filter((type) => type === 'HandoffEscalated')).toHaveLength(1);
    expect(mailsTo(system, 'manager-international@sales.example').length).toBeGreaterThan(0);
    expect(mailsTo(system, 'head-of-sales@sales.example').length).toBeGreaterThan(0);
    expect(system.ports.topic.alerts.every(({ message }) => !message.includes('Mary'))).toBe(true);
  });

  it('is quiet from the moment that the rep accepts by the link in the mail', async () => {
    const system = aFlowSystem();
    maryAsks(system);
    await system.playUntil('2026-11-02T08:05:00.000Z');
    const offer = system.ports.mailer.delivered().find(({ stream }) => stream === 'internal');
    const link = linkIn(offer, '/handoffs/answer');
    const serve = system.pages['answer-handoff-page'];

    for (const method of ['GET', 'HEAD', 'GET'])
      expect((await serve(requestOf(method, link))).status).toBe(200);
    expect(handoffsOf(system)).toMatchObject([{ status: 'open' }]);

    const form = { answer: 'accept' };
    const pages = [await serve(requestOf('POST', link, form)), await serve(requestOf('POST', link, form))];
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    await system.playUntil('2026-11-02T09:00:00.000Z');
    expect(leadsOf(system)).toMatchObject([{ stage: 'sal' }]);
    expect(factCounts(system)).toMatchObject({ HandoffAccepted: 1 });

    await system.playUntil('2026-11-12T08:00:00.000Z');
    expect(system.facts.some((fact) => 'deadline' in fact && fact.deadline === 'accept')).toBe(false);
  });

  it('is withdrawn without alarm when the deal is won elsewhere', async () => {
    const system = aFlowSystem();
    maryAsks(system);
    await system.playUntil('2026-11-02T08:05:00.000Z');
    system.put({
      type: 'DealChanged',
      detail: { id: 'd1', lead: { email: mary }, outcome: 'won', at: '2026-11-02T08:06:00.000Z' },
    });
    await system.playUntil('2026-11-12T08:00:00.000Z');
    expect(leadsOf(system)).toMatchObject([{ stage: 'customer' }]);
    expect(handoffsOf(system)).toMatchObject([{ status: 'closed', outcome: { type: 'withdrawn' } }]);
    expect(factCounts(system)).not.toHaveProperty('HandoffBreached');
  });
});

describe('somebody who wants mail only after confirming it', () => {
  const rosa = 'rosa@werk.example';
  const rosaReads = (system: FlowSystem) => {
    const traits = {
      firstName: 'Rosa',
      lastName: 'Kern',
      company: 'Werk',
      employees: 200,
      industry: 'software',
      role: 'director',
      country: 'DE',
      language: 'de',
    };
    system.put(aProfile(rosa, traits, { basis: 'double-opt-in', at: startAt, proof: 'form' }));
    system.put(anEngagement('r1', 'content-downloaded', rosa, { properties: { asset: 'guide' } }));
    system.put(anEngagement('r2', 'newsletter-subscribed', rosa));
  };
  const marketing = (system: FlowSystem) =>
    mailsTo(system, rosa).filter(({ stream }) => stream === 'marketing');

  it('gets no marketing without that, and all of it afterwards, until she has had enough', async () => {
    const system = aFlowSystem();
    rosaReads(system);
    await system.playUntil('2026-11-02T15:00:00.000Z');
    expect(leadsOf(system)).toMatchObject([{ stage: 'mql' }]);
    expect(marketing(system)).toEqual([]);

    const link = linkIn(mailsTo(system, rosa)[0], '/consent/confirm');
    const serve = system.pages['change-consent-page'];
    await serve(requestOf('GET', link));
    expect(factCounts(system).ConsentChanged).toBe(1);
    await serve(requestOf('POST', link));
    await system.playUntil('2026-11-04T15:00:00.000Z');
    expect(marketing(system)).toHaveLength(1);

    const oneClick = marketing(system)[0]?.headers?.['List-Unsubscribe']?.slice(1, -1) ?? '';
    expect((await serve(requestOf('POST', oneClick, { 'List-Unsubscribe': 'One-Click' }))).status).toBe(200);
    await system.playUntil('2026-11-20T15:00:00.000Z');
    expect(marketing(system)).toHaveLength(1);
  });
});

describe('what happens on the way', () => {
  const story = storyEvents(startAt);
  const play = async (events: readonly InboundEvent[], loses?: Parameters<typeof aFlowSystem>[0]) => {
    const system = aFlowSystem(loses);
    for (const event of events) system.put(event);
    await system.playUntil('2026-11-06T17:00:00.000Z');
    return system;
  };
  const tidy = [...story.profiles, ...story.engagements];

  const scores = async (system: FlowSystem) => {
    const { policy, leadReader } = system.ports;
    const ids = [...system.tables.leads.items.values()]
      .filter(({ kind }) => kind === 'lead')
      .map(({ id }) => id);
    const views = await Promise.all(
      ids.map(async (id) => leadReader.view(id, await policy.current(), system.clock.now())),
    );
    return views.map((view) => [view?.leadId, view?.score]).toSorted();
  };

  it('changes nothing when everything comes twice', async () => {
    const once = await play(tidy);
    const twice = await play(tidy.flatMap((event) => [event, event]));
    expect(factCounts(twice)).toEqual(factCounts(once));
    expect(await scores(twice)).toEqual(await scores(once));
    expect(twice.deadLetters).toEqual([]);
  });

  it('changes no score when everything comes backwards', async () => {
    const forwards = await play(tidy);
    const backwards = await play([...tidy, ...tidy].reverse());
    const timelines = async (system: FlowSystem) =>
      (await timelinesOf(system)).map((timeline) => timeline.map(({ id }) => id)).toSorted();
    expect(await timelines(backwards)).toEqual(await timelines(forwards));
    expect(await scores(backwards)).toEqual(await scores(forwards));
    expect(backwards.deadLetters).toEqual([]);
  });

  it.each(['LeadStageChanged', 'HandoffOpened'] as const)(
    'is found again when the first %s of every lead gets lost',
    async (type) => {
      const lost = new Set<string>();
      const loses = (fact: { type: string; leadId: string }) => {
        if (fact.type !== type || lost.has(fact.leadId)) return false;
        lost.add(fact.leadId);
        return true;
      };
      const system = await play(tidy, loses);
      expect(lost.size).toBeGreaterThan(5);
      const mqls = leadsOf(system).filter(({ mqlCause }) => mqlCause !== undefined);
      expect(new Set(handoffsOf(system).map(({ leadId }) => leadId)).size).toBe(mqls.length);
      expect(mqls.filter(({ stage, unconfirmed }) => stage === 'mql' && unconfirmed !== undefined)).toEqual(
        [],
      );
      expect(system.deadLetters).toEqual([]);
    },
  );

  it('puts wrong input aside with its reason, and the rest goes on', async () => {
    const system = await play([...story.rejected, ...tidy]);
    expect(system.rejections).toMatchObject([
      { by: 'score-lead', code: 'invalid-event', reasons: ['id: strict_object'] },
    ]);
    expect(handoffsOf(system).length).toBeGreaterThan(5);
  });
});
