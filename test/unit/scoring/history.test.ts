import { beforeEach, describe, expect, it } from 'vitest';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import type { ProfileChanged } from '../../../shared/events/inbound.ts';
import { memoryLeads, memoryWaitingLeads } from '../../../shared/simulation/memory-leads.ts';
import { collect } from '../../support/collect.ts';
import {
  aDeal,
  anEngagement,
  aProfileChange,
  day,
  dealMessage,
  engagementMessage,
  idealTraits,
  profileMessage,
  type ScoringWorld,
  scoringWorld,
} from '../../support/scoring-world.ts';

const lead = { email: 'jo@acme.example' };
const did = (kind: string, days: number, id = `${kind}-${days}`) =>
  engagementMessage(anEngagement({ id, kind, occurredAt: day(days) }), day(0));
const fits = (traits: ProfileChanged['traits'] = idealTraits) =>
  profileMessage(aProfileChange({ id: 'fits', occurredAt: day(-400), traits }));
const interest = [did('content-downloaded', -1), did('newsletter-subscribed', -2)];
const asks = did('demo-requested', -90, 'ask');

describe('the history of a lead', () => {
  let world: ScoringWorld;
  let leadId: string;
  beforeEach(async () => {
    world = scoringWorld();
    leadId = await world.leadIdOf(lead);
  });
  const state = async () => (await world.load(leadId)).state;
  const timeline = () => world.timeline(leadId);
  const waiting = () => collect(memoryWaitingLeads(world.table).ids());
  const activate = (by = 'ops') => world.advanceLead.activate({ leadId, by });
  const moves = () =>
    world.facts().flatMap((fact) => (fact.type === 'LeadStageChanged' ? [`${fact.from}>${fact.to}`] : []));

  it('is scored and kept as if it had come live', async () => {
    const live = scoringWorld();
    await live.receive(fits(), ...interest, asks);
    await world.takeHistory([fits(), ...interest, asks]);
    expect(await timeline()).toEqual(await live.timeline(leadId));
    expect((await world.view(leadId))?.score).toBe((await live.view(leadId))?.score);
  });

  it.each([
    ['points', [fits(), ...interest], { by: 'interest', causeId: engagementRef('content-downloaded--1') }],
    ['asking', [fits(), ...interest, asks], { by: 'asked', causeId: 'ask' }],
    ['asking long ago, which earns no points any more', [fits(), asks], { by: 'asked', causeId: 'ask' }],
  ])('starts nothing, and marks who would be an MQL by %s', async (_, messages, mark) => {
    await world.takeHistory(messages);
    expect(world.facts()).toEqual([]);
    expect(await state()).toMatchObject({ stage: 'inquiry', wouldBeMql: { ...mark, since: day(0) } });
    expect((await world.load(leadId)).dueAt).toBeUndefined();
    expect(await waiting()).toEqual([leadId]);
  });

  it.each([
    ['little interest', [fits(), did('page-viewed', -1)]],
    [
      'interest that has faded',
      [fits(), did('content-downloaded', -900), did('newsletter-subscribed', -900)],
    ],
    ['a student', [fits({ ...idealTraits, role: 'student' }), ...interest, asks]],
    ['a customer', [fits(), ...interest, asks, dealMessage(aDeal({ at: day(-3) }))]],
    ['one who was lost after asking', [asks, dealMessage(aDeal({ outcome: 'lost', at: day(-3) }))]],
  ])('does not mark %s', async (_, messages) => {
    await world.takeHistory(messages);
    expect(world.facts()).toEqual([]);
    expect((await state())?.wouldBeMql).toBeUndefined();
  });

  it.each([[false], [true]])('marks one who asked after a loss, deal first: %s', async (dealFirst) => {
    const lost = dealMessage(aDeal({ id: 'd', outcome: 'lost', at: day(-200) }));
    for (const message of dealFirst ? [lost, asks] : [asks, lost]) await world.takeHistory([message]);
    expect(await state()).toMatchObject({ stage: 'lost', wouldBeMql: { by: 'asked', causeId: 'ask' } });
  });

  it('changes nothing when it comes again', async () => {
    const messages = [
      fits(),
      ...interest,
      asks,
      dealMessage(aDeal({ id: 'd', outcome: 'lost', at: day(-200) })),
    ];
    await world.takeHistory(messages);
    const before = await world.load(leadId);
    world.time.now = day(3);
    expect(await world.takeHistory(messages)).toEqual(['unchanged']);
    expect(await world.load(leadId)).toEqual(before);
  });

  it('counts once with a live copy, whichever comes first', async () => {
    await world.takeHistory([...interest]);
    await world.receive(...interest, did('page-viewed', 0));
    await world.takeHistory([did('page-viewed', 0)]);
    expect((await timeline()).map(({ id }) => id)).toEqual(
      ['newsletter-subscribed--2', 'content-downloaded--1', 'page-viewed-0'].map(engagementRef),
    );
  });

  it('counts for what the lead does next: live interest makes an MQL of it', async () => {
    await world.takeHistory([fits(), ...interest]);
    await world.receive(did('page-viewed', 0));
    expect(moves()).toEqual(['inquiry>mql']);
    expect((await state())?.wouldBeMql).toBeUndefined();
    await activate();
    expect(moves()).toEqual(['inquiry>mql']);
  });

  it('is a customer by a deal that was won, and nobody hears of it', async () => {
    await world.takeHistory([dealMessage(aDeal({ at: day(-30) }))]);
    expect(await state()).toMatchObject({ stage: 'customer', stageAt: day(-30) });
    expect(world.facts()).toEqual([]);
  });

  it('tells a deal of a lead that sales has, so that its handoff is taken back', async () => {
    await world.receive(fits(), did('demo-requested', -1, 'now'));
    world.time.now = day(2);
    await world.takeHistory([dealMessage(aDeal({ at: day(1) }))]);
    expect(world.facts().at(-1)).toMatchObject({ type: 'LeadStageChanged', to: 'customer', imported: true });
  });

  it('does not undo what came after it', async () => {
    await world.receive(fits(), did('demo-requested', -1, 'now'));
    await world.takeHistory([dealMessage(aDeal({ id: 'old', outcome: 'lost', at: day(-300) }))]);
    expect(await state()).toMatchObject({ stage: 'mql', deal: { id: 'old' } });
    expect(moves()).toEqual(['inquiry>mql']);
  });

  it('tells what was said about consent as history', async () => {
    const consent = { basis: 'opt-in' as const, at: day(-9), proof: 'form' };
    await world.takeHistory([profileMessage(aProfileChange({ id: 'p', consent }))]);
    expect(world.facts()).toMatchObject([
      { type: 'ConsentStated', basis: 'opt-in', statedAt: day(-9), imported: true },
    ]);
  });

  describe('when a person lets it go on', () => {
    it('makes it an MQL once, with who decided it', async () => {
      await world.takeHistory([fits(), ...interest]);
      world.time.now = day(1 / 24);
      await activate('anna');
      await activate('anna');
      expect(world.facts()).toMatchObject([
        {
          type: 'LeadStageChanged',
          from: 'inquiry',
          to: 'mql',
          at: day(1 / 24),
          cause: { type: 'command', id: `activate-${engagementRef('content-downloaded--1')}` },
          actor: 'anna',
          reason: 'threshold',
        },
      ]);
      expect(await waiting()).toEqual([]);
      expect(await world.load(leadId)).toMatchObject({ dueAt: '2026-11-02T01:05:00.000Z' });
    });

    it('tells what it asked, received only now', async () => {
      await world.takeHistory([fits(), asks]);
      world.time.now = day(1);
      await activate();
      expect(world.facts()).toMatchObject([
        { to: 'mql', asked: { engagementId: 'ask', occurredAt: day(-90), receivedAt: day(1) } },
      ]);
    });

    it('leaves it where it is if it has cooled meanwhile, and no longer waits for it', async () => {
      await world.takeHistory([fits(), ...interest]);
      world.time.now = day(400);
      await activate();
      expect(moves()).toEqual([]);
      expect(await waiting()).toEqual([]);
    });

    it('leaves alone who does not wait', async () => {
      await world.takeHistory([fits(), did('page-viewed', -1)]);
      expect(await activate()).toBe('unchanged');
      expect(await world.advanceLead.activate({ leadId: 'nobody', by: 'ops' })).toBe('unchanged');
    });
  });

  it('waits behind the end of a rest', async () => {
    const rests = {
      stage: 'recycled',
      stageAt: day(-200),
      restUntil: day(20),
      cutOff: day(-200),
    } as const;
    await world.takeHistory([did('page-viewed', -300)]);
    const before = await world.load(leadId);
    await memoryLeads(world.table).save(leadId, before, { state: { ...before.state!, ...rests }, facts: [] });
    await world.takeHistory([asks]);
    expect(await world.load(leadId)).toMatchObject({
      dueAt: day(20),
      state: { wouldBeMql: { by: 'asked' } },
    });
    expect(await waiting()).toEqual([]);
    world.time.now = day(20);
    await world.advanceLead.due({ kind: 'lead', id: leadId, dueAt: day(20) });
    expect(await state()).toMatchObject({ stage: 'inquiry', wouldBeMql: { by: 'asked' } });
    expect(await waiting()).toEqual([leadId]);
  });
});
