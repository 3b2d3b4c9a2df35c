import { beforeEach, describe, expect, it } from 'vitest';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { handoffIdOf } from '../../../shared/domain/handoff-id.ts';
import { aHandoff } from '../../support/handoffs.ts';
import {
  aDeal,
  anEngagement,
  aProfileChange,
  day,
  engagementMessage,
  idealTraits,
  profileMessage,
  type ScoringWorld,
  scoringWorld,
} from '../../support/scoring-world.ts';

const lead = { email: 'jo@acme.example' };

describe('the way of a lead', () => {
  let world: ScoringWorld;
  let leadId: string;
  let handoffId: string;
  beforeEach(async () => {
    world = scoringWorld();
    leadId = await world.leadIdOf(lead);
    await world.receive(
      profileMessage(aProfileChange({ traits: idealTraits })),
      engagementMessage(anEngagement({ id: 'ask', kind: 'demo-requested' })),
    );
    handoffId = handoffIdOf(leadId, 'ask');
  });

  const load = async () => (await world.load(leadId)).state;
  const due = () => world.advanceLead.due({ kind: 'lead', id: leadId, dueAt: world.time.now });
  const moves = () =>
    world.facts().flatMap((fact) => (fact.type === 'LeadStageChanged' ? [`${fact.from}>${fact.to}`] : []));
  const has = async (overrides: Partial<Handoff>) => {
    const { version } = await world.handoffs.load('handoff', handoffId);
    const state = aHandoff(
      { opening: { handoffId, mqlAt: day(0) } },
      { id: handoffId, leadId, openedAt: day(0), ...overrides },
    );
    await world.handoffs.commit([{ kind: 'handoff', id: handoffId, version, state, facts: [] }]);
  };
  const nudge = () => world.advanceLead.handoff({ factId: 'f', leadId, handoffId });
  const outcome = (type: NonNullable<Handoff['outcome']>['type'], reason: string, more = {}) =>
    ({ status: 'closed', outcome: { type, reason, at: day(1), by: 'r-1', ...more } }) as const;

  it('knows its handoff, and is not due while it is open', async () => {
    await has({});
    expect(await nudge()).toBe('saved');
    expect(await load()).toMatchObject({ handoff: { id: handoffId, open: true } });
    expect((await load())?.unconfirmed).toBeUndefined();
    expect((await world.load(leadId)).dueAt).toBeUndefined();
    expect(await nudge()).toBe('unchanged');
  });

  it('finds its handoff when the fact was lost, and stays due when there is none', async () => {
    world.time.now = day(0.01);
    expect(await due()).toBe('unchanged');
    expect((await world.load(leadId)).dueAt! <= world.time.now).toBe(true);
    await has({});
    expect(await due()).toBe('saved');
    expect((await world.load(leadId)).dueAt).toBeUndefined();
  });

  it('is due when it will be cold if nobody is to have it, and is recycled then', async () => {
    await has(outcome('none', 'self-serve'));
    await nudge();
    const { dueAt } = await world.load(leadId);
    expect(dueAt).toMatch(/^2027-01-1/);
    world.time.now = day(1);
    expect(await due()).toBe('unchanged');
    world.time.now = dueAt!;
    expect(await due()).toBe('saved');
    expect(await load()).toMatchObject({ stage: 'recycled', cutOff: dueAt });
    expect(await world.view(leadId)).toMatchObject({ engagement: 0 });
    expect((await world.load(leadId)).dueAt).toBeUndefined();
    expect(world.facts().at(-1)).toMatchObject({ from: 'mql', to: 'recycled', reason: 'cold' });
  });

  it('does not go cold later than it should when it came due too early', async () => {
    await has(outcome('none', 'self-serve'));
    await nudge();
    const { dueAt } = await world.load(leadId);
    await world.receive(
      engagementMessage(anEngagement({ kind: 'webinar-attended', occurredAt: day(60) }), day(60)),
    );
    const { dueAt: after } = await world.load(leadId);
    expect(after! > dueAt!).toBe(true);
  });

  it.each<[string, Partial<Handoff>, string[]]>([
    ['accepted', { status: 'accepted', acceptedAt: day(1) }, ['mql>sal']],
    ['qualified', { ...outcome('qualified', 'qualified'), acceptedAt: day(0.5) }, ['mql>sal', 'sal>sql']],
    ['rejected as not our customer', outcome('rejected', 'not-icp'), ['mql>disqualified']],
    ['rejected for another time', outcome('rejected', 'low-intent'), ['mql>recycled']],
    [
      'rejected after it was accepted',
      { ...outcome('rejected', 'no-need'), acceptedAt: day(0.5) },
      ['mql>sal', 'sal>recycled'],
    ],
    ["somebody else's", outcome('rejected', 'misrouted'), []],
    ['pulled back', outcome('pulled-back', 'unworked'), ['mql>recycled']],
    ['withdrawn', outcome('withdrawn', 'superseded'), []],
  ])('follows a handoff that was %s, once', async (_, handoff, expected) => {
    await has(handoff);
    world.time.now = day(1.1);
    await nudge();
    expect(moves()).toEqual(['inquiry>mql', ...expected]);
    expect(await nudge()).toBe('unchanged');
    expect((await load())?.unconfirmed).toBeUndefined();
  });

  it('rests as the policy says, then begins again', async () => {
    await has(outcome('rejected', 'low-intent'));
    world.time.now = day(1.1);
    await nudge();
    expect(await load()).toMatchObject({ stage: 'recycled', restUntil: day(31), cutOff: day(1) });
    expect((await world.load(leadId)).dueAt).toBe(day(31));
    world.time.now = day(30);
    expect(await due()).toBe('unchanged');
    world.time.now = day(31);
    await due();
    expect(await load()).toMatchObject({ stage: 'inquiry' });
    expect((await world.load(leadId)).dueAt).toBeUndefined();
  });

  it('rests until the day that the rep named', async () => {
    await has(outcome('rejected', 'bad-timing', { until: day(200) }));
    await nudge();
    expect(await load()).toMatchObject({ restUntil: day(200) });
  });

  it('is an MQL at the end of a rest in which new interest came', async () => {
    await has(outcome('rejected', 'low-intent'));
    world.time.now = day(1.1);
    await nudge();
    await world.receive(
      ...['content-downloaded', 'webinar-attended'].map((kind) =>
        engagementMessage(anEngagement({ kind, occurredAt: day(20) }), day(20)),
      ),
    );
    world.time.now = day(31);
    await due();
    expect(moves()).toEqual(['inquiry>mql', 'mql>recycled', 'recycled>mql']);
    expect((await load())?.unconfirmed).toContain(`rest-${day(31)}`);
  });

  it('is not moved by a handoff of an earlier time as an MQL', async () => {
    await has(outcome('rejected', 'low-intent'));
    world.time.now = day(1.1);
    await nudge();
    await world.receive(
      engagementMessage(anEngagement({ id: 'again', kind: 'quote-requested', occurredAt: day(2) }), day(2)),
    );
    expect(await nudge()).toBe('unchanged');
    expect(await load()).toMatchObject({ stage: 'mql', mqlCause: { id: 'again' } });
  });

  it('refuses what does not fit: nobody accepts a customer', async () => {
    await world.advanceLead.deal(aDeal({ at: day(0) }), day(0));
    await has({ status: 'accepted', acceptedAt: day(1) });
    await nudge();
    expect(moves()).toEqual(['inquiry>mql', 'mql>customer']);
  });
});

describe('a deal outside', () => {
  const stages = (world: ScoringWorld) =>
    world
      .facts()
      .flatMap((fact) => (fact.type === 'LeadStageChanged' ? [[fact.from, fact.to, fact.skipped]] : []));

  it('makes a customer of somebody nobody knew, who stays one when the first contact comes late', async () => {
    const world = scoringWorld();
    world.time.now = day(3);
    await world.advanceLead.deal(aDeal({ id: 'd', at: day(3) }), day(3));
    await world.receive(
      engagementMessage(anEngagement({ kind: 'demo-requested', occurredAt: day(1) }), day(4)),
    );
    expect(stages(world)).toEqual([['inquiry', 'customer', ['mql', 'sal', 'sql']]]);
    const view = await world.view(await world.leadIdOf(lead));
    expect(view).toMatchObject({ stage: 'customer', stageAt: day(3) });
    expect(view?.engagement).toBeGreaterThan(30);
  });

  it('counts once, and the newest counts', async () => {
    const world = scoringWorld();
    world.time.now = day(9);
    const won = aDeal({ id: 'a', at: day(5) });
    const lost = aDeal({ id: 'b', outcome: 'lost', at: day(4) });
    await world.advanceLead.deal(won, day(9));
    expect(await world.advanceLead.deal(won, day(9))).toBe('unchanged');
    expect(await world.advanceLead.deal(lost, day(9))).toBe('unchanged');
    expect(stages(world)).toHaveLength(1);
    await world.advanceLead.deal({ ...lost, id: 'c', at: day(6) }, day(9));
    expect(stages(world)[1]).toEqual(['customer', 'lost', undefined]);
  });
});
