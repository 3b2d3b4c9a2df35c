import { beforeEach, describe, expect, it } from 'vitest';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { handoffIdOf } from '../../../shared/domain/handoff-id.ts';
import { defaultPolicy, publishedDefaultPolicy } from '../../support/default-policy.ts';
import { aHandoff } from '../../support/handoffs.ts';
import {
  aDeal,
  anEngagement,
  aProfileChange,
  day,
  engagementMessage,
  idealTraits,
  judgedMessage,
  profileMessage,
  type ScoringWorld,
  scoringWorld,
} from '../../support/scoring-world.ts';

const lead = { email: 'jo@acme.example' };

describe('a lead that sales has', () => {
  let world: ScoringWorld;
  let leadId: string;
  let handoffId: string;

  const told = () => world.facts().filter((fact) => fact.type === 'LeadPriorityChanged');
  const hot = async () => (await world.load(leadId)).state?.hot;
  const has = async (overrides: Partial<Handoff>) => {
    const { version } = await world.handoffs.load('handoff', handoffId);
    const state = aHandoff(
      { opening: { handoffId, mqlAt: day(0) } },
      { id: handoffId, leadId, openedAt: day(0), ...overrides },
    );
    await world.handoffs.commit([{ kind: 'handoff', id: handoffId, version, state, facts: [] }]);
    await world.advanceLead.handoff({ factId: `f-${version}`, leadId, handoffId });
  };
  const does = (id: string, kind: string, at: number, receivedAt = at) =>
    world.receive(engagementMessage(anEngagement({ id, kind, occurredAt: day(at) }), day(receivedAt)));
  const fits = (id: string, traits: Record<string, string | number>, at: number) =>
    world.receive(profileMessage(aProfileChange({ id, occurredAt: day(at), traits }), day(at)));

  /** Asked for a demo, but fits nobody's wishes: an MQL that is not hot. */
  beforeEach(async () => {
    world = scoringWorld();
    leadId = await world.leadIdOf(lead);
    handoffId = handoffIdOf(leadId, 'ask');
    await does('ask', 'demo-requested', 0);
  });

  it('says what it is with the fact that it is an MQL, and nothing besides', async () => {
    expect(world.facts().map(({ type }) => type)).toEqual(['LeadStageChanged', 'LeadAskedToTalk']);
    expect(world.facts()[0]).toMatchObject({ hot: false });
    expect(await hot()).toBeUndefined();
    const ideal = scoringWorld();
    await ideal.receive(profileMessage(aProfileChange({ traits: idealTraits })));
    await ideal.receive(engagementMessage(anEngagement({ kind: 'demo-requested' })));
    expect(ideal.facts().map(({ type }) => type)).toEqual(['LeadStageChanged', 'LeadAskedToTalk']);
    expect((await ideal.load(leadId)).state).toMatchObject({ stage: 'mql', hot: day(0) });
  });

  it.each([
    ['before its handoff is known', async (): Promise<void> => undefined, 'mql'],
    ['while its handoff is open', () => has({}), 'mql'],
    ['accepted', () => has({ status: 'accepted', acceptedAt: day(0.1) }), 'sal'],
    [
      'qualified',
      () => has({ status: 'closed', outcome: { type: 'qualified', reason: 'qualified', at: day(0.1) } }),
      'sql',
    ],
  ] as const)('is told of once for each change, %s', async (_, prepare, stage) => {
    await prepare();
    await fits('better', idealTraits, 0.2);
    const score = (await world.view(leadId))?.score;
    const [first] = told();
    expect(first).toMatchObject({
      leadId,
      at: day(0.2),
      from: 'normal',
      to: 'hot',
      stage,
      score,
      cause: { type: 'profile', id: 'better' },
    });
    expect(first).not.toHaveProperty('asks');
    await fits('better', idealTraits, 0.2);
    await does('visit', 'page-viewed', 0.3);
    expect(told()).toHaveLength(1);
    expect(await world.view(leadId)).toMatchObject({ priority: { hot: true, since: day(0.2) } });
    const { employees: _e, industry: _i, ...rest } = idealTraits;
    await fits(
      'worse',
      { ...rest, employees: 1, industry: 'agriculture', role: 'intern', country: 'US' },
      0.4,
    );
    expect(told().map(({ to }) => to)).toEqual(['hot', 'normal']);
    expect(await hot()).toBeUndefined();
  });

  it('is hot by what it does too, once its points are enough', async () => {
    const { score } = (await world.view(leadId))!;
    const mql = { ...defaultPolicy().mql, hot: [{ score: score + 3 }] };
    world = scoringWorld({ policy: publishedDefaultPolicy({ mql }) });
    await does('ask', 'demo-requested', 0);
    await has({});
    for (let i = 0; told().length === 0 && i < 20; i++)
      await does(`e-${i}`, 'webinar-attended', 0.1 + i / 10);
    const [first] = told();
    expect(first).toMatchObject({
      to: 'hot',
      cause: { type: 'engagement', id: expect.stringMatching(/^e-/) },
    });
    expect(first!.score).toBeGreaterThanOrEqual(score + 3);
    // By then it has faded; a visit shows that, and is what tells of it.
    expect(await hot()).toBe(first!.at);
    await does('late', 'mail-delivered', 90);
    expect(told().at(-1)).toMatchObject({
      from: 'hot',
      to: 'normal',
      cause: { type: 'engagement', id: 'late' },
    });
  });

  it('says that it asked, where that is why', async () => {
    world = scoringWorld();
    await fits('ideal', idealTraits, 0);
    await does('guide', 'ebook-downloaded', 0);
    await world.moveByHand('promote', { id: 'c-1', leadId, by: 'mia', reason: 'known' });
    handoffId = handoffIdOf(leadId, 'c-1');
    await has({ mqlAt: day(0) });
    expect(await world.view(leadId)).toMatchObject({ stage: 'mql', priority: { hot: false } });
    await does('ask-now', 'demo-requested', 1);
    expect(told()).toMatchObject([{ to: 'hot', asks: true, cause: { type: 'engagement', id: 'ask-now' } }]);
  });

  it('is hot no longer when a verdict takes away why', async () => {
    await has({});
    await fits('better', idealTraits, 0.2);
    await world.judge(
      judgedMessage({
        id: 'v-1',
        leadId,
        engagementId: 'ask',
        verdict: 'void',
        sequence: 1,
        by: 'mia',
        reason: 'bot',
      }).detail,
    );
    expect(told()).toMatchObject([{ to: 'hot' }, { to: 'normal', cause: { type: 'command', id: 'v-1' } }]);
  });

  it('is told of by nobody while only time passes, nor for its history', async () => {
    await has({});
    await world.takeHistory([profileMessage(aProfileChange({ id: 'old', traits: idealTraits }), day(1))]);
    expect(told()).toEqual([]);
    world.time.now = day(2);
    await world.advanceLead.handoff({ factId: 'again', leadId, handoffId });
    expect(told()).toEqual([]);
    await does('visit', 'page-viewed', 2);
    expect(told()).toMatchObject([{ to: 'hot', at: day(2) }]);
  });

  it('is told of no more when sales has it no longer', async () => {
    await has({});
    await fits('better', idealTraits, 0.2);
    await world.advanceLead.deal(aDeal({ at: day(0.3) }), day(0.3));
    expect(await world.load(leadId)).toMatchObject({ state: { stage: 'customer' } });
    expect(await hot()).toBeUndefined();
    expect(told()).toHaveLength(1);
    expect(await world.view(leadId)).not.toHaveProperty('priority');
  });

  it('of an old question is hot by points only', async () => {
    world = scoringWorld();
    await fits('ideal', idealTraits, 0);
    await does('ask', 'demo-requested', 0, 3);
    await has({ mqlAt: day(3) });
    expect(world.facts().find(({ type }) => type === 'LeadStageChanged')).toMatchObject({ hot: true });
    await does('visit', 'page-viewed', 3.1);
    expect(told()).toEqual([]);
    expect(await world.view(leadId)).toMatchObject({ priority: { hot: false } });
  });

  it('that nobody is to have is told of by nobody', async () => {
    await has({ status: 'closed', outcome: { type: 'none', reason: 'self-serve', at: day(0) } });
    await fits('better', idealTraits, 0.2);
    expect(told()).toEqual([]);
  });
});
