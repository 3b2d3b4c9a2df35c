import { beforeEach, describe, expect, it } from 'vitest';
import { makeChangeAccount } from '../../../functions/score-lead/change-account.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import { memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import {
  memoryAccountReader,
  memoryLeadRecords,
  memoryLeads,
} from '../../../shared/simulation/memory-leads.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { aLead } from '../../support/scoring-timelines.ts';
import {
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
const fits = () => profileMessage(aProfileChange({ traits: idealTraits }));
const did = (kind: string, days: number, more: Parameters<typeof anEngagement>[0] = {}) =>
  engagementMessage(anEngagement({ kind, occurredAt: day(days), ...more }), day(days));

describe('scoring a lead', () => {
  let world: ScoringWorld;
  let leadId: string;
  beforeEach(async () => {
    world = scoringWorld();
    leadId = await world.leadIdOf(lead);
  });
  const stage = async () => (await world.load(leadId)).state?.stage;
  const told = () => world.facts().map(({ type }) => type);
  /** Puts the lead where it cannot come by engagements alone. */
  const given = async (state: Parameters<typeof aLead>[0]) => {
    const loaded = await world.load(leadId);
    const next = { state: { ...(loaded.state ?? aLead()), ...state }, facts: [] };
    await memoryLeads(world.table).save(leadId, loaded, next);
  };

  it('makes an MQL of the engagement that reaches the criteria', async () => {
    await world.receive(
      fits(),
      did('content-downloaded', 0),
      did('newsletter-subscribed', 0, { id: 'last' }),
    );
    const moves = world.facts().filter(({ type }) => type === 'LeadStageChanged');
    expect(moves).toEqual([
      expect.objectContaining({
        factId: `lead-${leadId}#3#0`,
        leadId,
        from: 'inquiry',
        to: 'mql',
        cause: { type: 'engagement', id: 'last' },
        reason: 'threshold',
        score: 55,
        hot: false,
      }),
    ]);
    const { state, dueAt } = await world.load(leadId);
    expect(JSON.parse(state?.unconfirmed ?? '')).toEqual(moves[0]);
    expect(dueAt).toBe('2026-11-02T00:05:00.000Z');
  });

  it('makes an MQL of a change of the profile', async () => {
    await world.receive(did('content-downloaded', 0), did('newsletter-subscribed', 0), fits());
    expect(world.facts().filter(({ type }) => type === 'LeadStageChanged')).toMatchObject([
      { to: 'mql', cause: { type: 'profile' } },
    ]);
  });

  it('never makes an MQL because doubts fade, only of the next engagement that earns points', async () => {
    const assets = [...'abcdefgh'].flatMap((asset) =>
      ['content-downloaded', 'webinar-attended'].map((kind) => did(kind, 0, { properties: { asset } })),
    );
    await world.scoreLead([
      profileMessage(aProfileChange({ traits: { employees: 20, role: 'manager', country: 'DE' } })),
      ...[did('unsubscribed', 0), did('careers-viewed', -2), did('careers-viewed', 0)],
      ...assets,
    ]);
    expect(await world.view(leadId)).toMatchObject({ stage: 'inquiry', score: 47 });
    await world.receive(did('email-opened', 20));
    expect(await world.view(leadId)).toMatchObject({ stage: 'inquiry', score: 50 });
    await world.receive(did('page-viewed', 21));
    expect(await stage()).toBe('mql');
  });

  it('hears who asks, also below the criteria', async () => {
    await world.receive(did('demo-requested', 0, { id: 'ask' }));
    expect(world.facts()).toMatchObject([
      { type: 'LeadStageChanged', to: 'mql', reason: 'intent', asked: { engagementId: 'ask' }, hot: false },
      { type: 'LeadAskedToTalk', engagementId: 'ask', stage: 'mql', hot: false },
    ]);
  });

  it('calls a lead hot that asks and fits', async () => {
    await world.receive(fits(), did('demo-requested', 0));
    expect(world.facts()).toMatchObject([{ hot: true }, { hot: true }]);
  });

  it.each([
    ['works for a competitor', {}, { email: 'jo@competitor.example' }],
    ['is a student', { role: 'PhD student' }, lead],
    ['lives where nobody is served', { country: 'KP' }, lead],
  ])('tells of it, but makes no MQL of one who asks and %s', async (_, traits, who) => {
    await world.receive(
      profileMessage(aProfileChange({ lead: who, traits })),
      did('demo-requested', 0, { lead: who }),
    );
    expect(told()).toEqual(['LeadAskedToTalk']);
  });

  it.each(['sal', 'sql', 'customer'] as const)(
    'tells that a lead at %s asks, and moves it nowhere',
    async (at) => {
      await world.receive(fits());
      await given({ stage: at, furthest: at });
      await world.receive(did('demo-requested', 0));
      expect(world.facts()[0]).toMatchObject({ type: 'LeadAskedToTalk', stage: at });
      // A customer is followed by nobody here.
      expect(told().slice(1)).toEqual(at === 'customer' ? [] : ['LeadPriorityChanged']);
      expect(await stage()).toBe(at);
    },
  );

  it('ends a rest for one who asks, also when a cut-off leaves it no points', async () => {
    await world.receive(fits());
    await given({ stage: 'recycled', furthest: 'mql', restUntil: day(90), cutOff: day(5) });
    await world.receive(
      engagementMessage(anEngagement({ kind: 'quote-requested', occurredAt: day(4) }), day(6)),
    );
    expect(world.facts()).toMatchObject([
      { from: 'recycled', to: 'mql', hot: true },
      { type: 'LeadAskedToTalk' },
    ]);
    const view = await world.view(leadId);
    expect(view).toMatchObject({ engagement: 0, asked: { kind: 'quote-requested' } });
  });

  it('keeps a resting lead where it is, whatever else it does', async () => {
    await world.receive(fits());
    await given({ stage: 'recycled', furthest: 'mql', restUntil: day(90), cutOff: day(0) });
    await world.receive(did('content-downloaded', 1), did('newsletter-subscribed', 1));
    expect(await stage()).toBe('recycled');
    await world.receive(
      did('webinar-attended', 91),
      did('content-downloaded', 91, { properties: { asset: 'b' } }),
    );
    expect(await stage()).toBe('mql');
  });

  it('says nothing and writes nothing when all came before', async () => {
    const messages = [fits(), did('demo-requested', 0)];
    await world.receive(...messages);
    const { version } = await world.load(leadId);
    await world.receive(...messages);
    expect((await world.load(leadId)).version).toBe(version);
    expect(told()).toHaveLength(2);
  });

  it('tells of engagements that campaigns start with', async () => {
    const policy = publishedDefaultPolicy({
      campaigns: {
        helped: {
          stream: 'marketing',
          start: { on: 'engagement', kind: 'content-downloaded' },
          steps: [{ send: 'yes-or-no', after: '2d' }],
        },
      },
    });
    world = scoringWorld({ policy });
    await world.receive(did('content-downloaded', 0, { id: 'e' }), did('page-viewed', 0));
    expect(world.facts()).toMatchObject([
      { type: 'LeadEngaged', engagementId: 'e', kind: 'content-downloaded' },
    ]);
  });

  it('never lets an older trait replace a newer one, nor one from the future stay', async () => {
    const says = (role: string, days: number, receivedDays: number) =>
      profileMessage(aProfileChange({ occurredAt: day(days), traits: { role } }), day(receivedDays));
    await world.receive(says('director', 3, 3), says('student', 1, 4));
    expect((await world.view(leadId))?.profile.role?.value).toBe('director');
    await world.receive(says('CEO', 400, 5), says('CTO', 6, 6));
    expect((await world.view(leadId))?.profile.role?.value).toBe('CTO');
  });

  it('keeps names out of facts and of the raw log', async () => {
    const source = { landingPage: 'https://acme.example/demo?email=jo@acme.example', origin: 'paid-search' };
    const properties = { name: 'Jo Doe', challenge: 'call me at jo@acme.example', asset: 'guide' };
    await world.receive(fits(), did('demo-requested', 0, { source, properties }));
    const text = JSON.stringify([world.facts(), world.raw]);
    expect(text).not.toMatch(/jo|doe/i);
    expect(world.raw).toMatchObject([{ leadId, kind: 'demo-requested', properties: { asset: 'guide' } }]);
    expect((await world.view(leadId))?.evidence).toMatchObject({
      answers: { name: 'Jo Doe', challenge: 'call me at jo@acme.example' },
      activities: [{ asset: 'guide', origin: 'paid-search' }],
    });
  });
});

describe('an engagement without a believable time', () => {
  const missing = (receivedDays: number, id = 'e') =>
    engagementMessage({ id, kind: 'page-viewed', lead }, day(receivedDays));
  const entries = async (world: ScoringWorld) =>
    (await world.timeline(await world.leadIdOf(lead))).map(({ id, at, unanchored }) => ({
      id,
      at: new Date(at).toISOString(),
      unanchored,
    }));

  it('has the time of its first receipt, and is one, however often it comes', async () => {
    const world = scoringWorld();
    await world.receive(missing(1), missing(2));
    expect(await entries(world)).toEqual([{ id: engagementRef('e'), at: day(1), unanchored: true }]);
  });

  it('stays at its first receipt when a later copy looks sound', async () => {
    const world = scoringWorld();
    const ahead = (receivedDays: number) =>
      engagementMessage(anEngagement({ id: 'e', occurredAt: day(2) }), day(receivedDays));
    const records = memoryLeadRecords(world.table);
    await world.receive(missing(0, 'other'));
    // The first copy got as far as its receipt.
    const leadId = await world.leadIdOf(lead);
    await records.commit([
      { kind: 'receipt', id: `${leadId}#e`, version: 0, state: { receivedAt: day(1) }, facts: [] },
    ]);
    await world.receive(ahead(3));
    expect(await entries(world)).toContainEqual({ id: engagementRef('e'), at: day(1), unanchored: true });
  });

  it.each([
    [10 * 60_000, undefined],
    [10 * 60_000 + 1, true],
  ])('is one %d ms ahead of the clock', async (ahead, unanchored) => {
    const world = scoringWorld();
    const occurredAt = new Date(Date.parse(day(1)) + ahead).toISOString();
    await world.receive(engagementMessage(anEngagement({ id: 'e', occurredAt }), day(1)));
    expect(await entries(world)).toMatchObject([{ at: unanchored ? day(1) : occurredAt, unanchored }]);
  });
});

describe('what the CRM says of a company', () => {
  it('is the newest, in whichever order it comes', async () => {
    const table = memoryTable();
    const changeAccount = makeChangeAccount({ records: memoryLeadRecords(table) });
    const change = { id: '1', domain: 'acme.example', status: 'customer', openDeal: false } as const;
    expect(await changeAccount({ ...change, at: day(2), owner: 'r-1' })).toBe('saved');
    expect(await changeAccount({ ...change, at: day(1), status: 'none' })).toBe('unchanged');
    expect(await changeAccount({ ...change, at: day(2), owner: 'r-1' })).toBe('unchanged');
    expect(await memoryAccountReader(table).account('acme.example')).toMatchObject({
      status: 'customer',
      owner: 'r-1',
    });
  });
});
