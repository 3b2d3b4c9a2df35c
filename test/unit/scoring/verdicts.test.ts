import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { paymentsOfLead } from '../../../shared/domain/assess-whole.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import { handoffIdOf } from '../../../shared/domain/handoff-id.ts';
import { mostVerdicts, takeVerdicts } from '../../../shared/domain/take-verdicts.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import { engagementJudged } from '../../../shared/events/commands.ts';
import { takesTheBus } from '../../../shared/events/subscriptions.ts';
import { defaultPolicy, publishedDefaultPolicy } from '../../support/default-policy.ts';
import { aHandoff } from '../../support/handoffs.ts';
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
const did = (kind: string, days: number, id = `${kind}-${days}`) =>
  engagementMessage(anEngagement({ id, kind, occurredAt: day(days) }), day(days));
const fits = profileMessage(
  aProfileChange({ id: 'fits', occurredAt: day(-9), traits: idealTraits }),
  day(-9),
);
const interest = [did('content-downloaded', 0), did('newsletter-subscribed', 0)];

const aVerdict = (overrides: Partial<Verdict> = {}): Verdict => ({
  id: 'v',
  engagementId: 'e',
  verdict: 'void',
  sequence: 1,
  by: 'anna',
  reason: 'a machine',
  ...overrides,
});

describe('a verdict on an engagement', () => {
  let world: ScoringWorld;
  let leadId: string;
  let sequence: number;
  beforeEach(async () => {
    world = scoringWorld();
    leadId = await world.leadIdOf(lead);
    sequence = 0;
  });
  const state = async () => (await world.load(leadId)).state!;
  const score = async () => (await world.view(leadId))!.score;
  const judge = (engagementId: string, verdict: Verdict['verdict'], overrides: Partial<Verdict> = {}) =>
    world.judge({
      ...aVerdict({ id: `${verdict}-${engagementId}-${++sequence}`, sequence }),
      leadId,
      engagementId,
      verdict,
      ...overrides,
    });
  const facts = () =>
    world.facts().flatMap((fact) => {
      if (fact.type === 'LeadEngaged') return [];
      return fact.type === 'LeadStageChanged' ? `${fact.from}>${fact.to}` : fact.type;
    });

  it('takes the points back, and gives them again, exactly', async () => {
    await world.receive(did('page-viewed', 0), did('content-downloaded', 0));
    const before = await world.view(leadId);
    await judge('content-downloaded-0', 'hold');
    const only = scoringWorld();
    await only.receive(did('page-viewed', 0));
    expect((await world.view(leadId))?.engagement).toBe((await only.view(leadId))?.engagement);
    await judge('content-downloaded-0', 'release');
    expect(await world.view(leadId)).toEqual(before);
  });

  it('lets the next of the day be paid instead', async () => {
    const [rule] = world.policy.policy.scoring.rules.filter(({ oncePer }) => oncePer === 'day');
    const [kind = ''] = rule?.kind ?? [];
    await world.receive(did(kind, 0.1, 'first'), did(kind, 0.2, 'second'), did(kind, 0.3, 'third'));
    const paid = async () =>
      paymentsOfLead(await state(), await world.timeline(leadId), world.policy.policy).map(
        ({ entryId }) => entryId,
      );
    expect(await paid()).toEqual([engagementRef('first')]);
    await judge('first', 'void');
    expect(await paid()).toEqual([engagementRef('second')]);
    await judge('second', 'hold');
    expect(await paid()).toEqual([engagementRef('third')]);
    await judge('first', 'release');
    expect(await paid()).toEqual([engagementRef('first')]);
  });

  it('stays in the timeline, with who said it and why', async () => {
    await world.receive(did('page-viewed', 0, 'e'));
    await judge('e', 'void', { by: 'bo', reason: 'a link checker', at: day(1) });
    expect((await world.timeline(leadId)).map(({ id }) => id)).toEqual([engagementRef('e')]);
    expect((await state()).verdicts).toEqual([
      expect.objectContaining({
        engagementId: engagementRef('e'),
        verdict: 'void',
        by: 'bo',
        reason: 'a link checker',
        at: day(1),
      }),
    ]);
    expect((await world.view(leadId))?.evidence.activities).toEqual([]);
  });

  it('counts by its sequence, and once', async () => {
    await world.receive(did('content-downloaded', 0, 'e'));
    await judge('e', 'release', { sequence: 7 });
    expect(await judge('e', 'void', { sequence: 6 })).toBe('unchanged');
    expect(await judge('e', 'release', { sequence: 7, id: 'a' })).toBe('unchanged');
    expect((await state()).verdicts?.[0]).toMatchObject({ verdict: 'release', sequence: 7 });
    expect(await judge('e', 'hold', { sequence: 7 })).toBe('saved');
    expect(await score()).toBe(0);
  });

  it('may be final, and may not: the sequence says', async () => {
    await world.receive(did('content-downloaded', 0, 'e'));
    await judge('e', 'void');
    await judge('e', 'release');
    expect(await score()).toBeGreaterThan(0);
  });

  it.each(['hold', 'void'] as const)(
    '%s that comes first keeps an ask from being heard, until it is released',
    async (verdict) => {
      await judge('ask', verdict);
      world.time.now = day(1);
      await world.receive(fits, did('demo-requested', 1, 'ask'));
      expect(facts()).toEqual([]);
      expect(await world.view(leadId)).toMatchObject({ stage: 'inquiry', engagement: 0 });
      await judge('ask', 'hold');
      world.time.now = day(3);
      await judge('ask', 'release', { by: 'anna' });
      expect(world.facts()).toMatchObject([
        {
          type: 'LeadStageChanged',
          to: 'mql',
          cause: { type: 'command', id: engagementRef('ask') },
          actor: 'anna',
          reason: 'intent',
          // It is no inquiry of this hour any more.
          asked: { engagementId: engagementRef('ask'), occurredAt: day(1), receivedAt: day(3) },
        },
        { type: 'LeadAskedToTalk', engagementId: engagementRef('ask'), stage: 'mql' },
      ]);
      await judge('ask', 'void');
      await judge('ask', 'release');
      expect(facts()).toHaveLength(2);
    },
  );

  it('of somebody with sales lets the ask be heard when it is released', async () => {
    await world.receive(fits, ...interest);
    await judge('ask', 'hold');
    await world.receive(did('demo-requested', 0, 'ask'));
    expect(facts()).toEqual(['inquiry>mql']);
    await judge('ask', 'release');
    expect(facts()).toEqual(['inquiry>mql', 'LeadAskedToTalk', 'LeadPriorityChanged']);
  });

  it('that lets an old ask be heard makes the lead no hotter', async () => {
    const mql = { ...defaultPolicy().mql, hot: [{ intent: true, fit: 15 }] };
    world = scoringWorld({ policy: publishedDefaultPolicy({ mql }) });
    await world.receive(fits, ...interest);
    await judge('ask', 'hold');
    await world.receive(did('demo-requested', 0, 'ask'), did('page-viewed', 3));
    await judge('ask', 'release', { at: day(3) });
    await world.receive(did('page-viewed', 3.1));
    expect(facts()).toEqual(['inquiry>mql', 'LeadAskedToTalk']);
  });

  it('demotes nobody, also where nothing is left', async () => {
    await world.receive(fits, did('demo-requested', 0, 'ask'));
    const before = facts();
    await judge('ask', 'void');
    // Sales goes on, though in less of a hurry.
    expect(facts()).toEqual([...before, 'LeadPriorityChanged']);
    expect(await world.view(leadId)).toMatchObject({ stage: 'mql', engagement: 0, hot: false });
    expect((await state()).unconfirmed).toBeDefined();
  });

  it('of an MQL that nobody is to have brings on the day when it is cold', async () => {
    await world.receive(fits, did('demo-requested', 0, 'ask'));
    const handoffId = handoffIdOf(leadId, 'ask');
    const handoff = aHandoff(
      { opening: { handoffId, mqlAt: day(0) } },
      { leadId, status: 'closed', outcome: { type: 'none', reason: 'self-serve', at: day(0) } },
    );
    await world.handoffs.commit([{ kind: 'handoff', id: handoffId, version: 0, state: handoff, facts: [] }]);
    await world.advanceLead.handoff({ factId: 'f', leadId, handoffId });
    const { dueAt } = await world.load(leadId);
    await judge('ask', 'void');
    const { dueAt: sooner } = await world.load(leadId);
    expect(dueAt! > day(1)).toBe(true);
    expect(sooner).toBe(world.time.now);
    await world.advanceLead.due({ kind: 'lead', id: leadId, dueAt: sooner! });
    expect(facts().at(-1)).toBe('mql>recycled');
    expect(world.facts().at(-1)).toMatchObject({ reason: 'cold', actor: 'baton' });
  });

  it('makes an MQL by a release that raises the score to the criteria, by command', async () => {
    await judge('content-downloaded-0', 'hold');
    await world.receive(fits, ...interest);
    expect(facts()).toEqual([]);
    await judge('content-downloaded-0', 'release', { id: 'the-release', by: 'anna' });
    expect(world.facts()).toMatchObject([
      {
        type: 'LeadStageChanged',
        from: 'inquiry',
        to: 'mql',
        cause: { type: 'command', id: 'the-release' },
        actor: 'anna',
        reason: 'threshold',
        policy: 'default',
      },
      // A campaign starts with it.
      { type: 'LeadEngaged', engagementId: engagementRef('content-downloaded-0') },
    ]);
  });

  it('makes no MQL of somebody excluded, and none by taking good points back', async () => {
    const student = profileMessage(
      aProfileChange({ id: 'student', occurredAt: day(-1), traits: { ...idealTraits, role: 'student' } }),
      day(-1),
    );
    await judge('content-downloaded-0', 'hold');
    await world.receive(student, ...interest);
    await judge('content-downloaded-0', 'release');
    await judge('newsletter-subscribed-0', 'void');
    expect(facts()).toEqual([]);
  });

  it('makes none by taking good points back, where a younger engagement is paid instead', async () => {
    const asset = (id: string, days: number) =>
      engagementMessage(
        anEngagement({ id, kind: 'content-downloaded', occurredAt: day(days), properties: { asset: 'a' } }),
        day(90),
      );
    await world.receive(fits, asset('old', 0), asset('young', 90), did('newsletter-subscribed', 90));
    const before = await score();
    await judge('old', 'void');
    const { mql } = world.policy.policy;
    expect(before).toBeLessThan(mql.threshold.score);
    expect(await score()).toBeGreaterThanOrEqual(mql.threshold.score);
    expect(facts()).toEqual([]);
  });

  it('makes an MQL by taking bad points back', async () => {
    await world.receive(fits, did('content-downloaded', 0), did('unsubscribed', 0, 'mistake'));
    await world.receive(did('newsletter-subscribed', 0));
    expect(facts()).toEqual([]);
    await judge('mistake', 'void');
    expect(facts()).toEqual(['inquiry>mql']);
  });

  it('of what a cut-off took stays without points', async () => {
    await world.receive(fits, ...interest);
    await world.moveByHand('demote', { id: 'd', leadId, by: 'anna', reason: 'not yet' });
    await judge('content-downloaded-0', 'void');
    await judge('content-downloaded-0', 'release');
    expect(facts()).toEqual(['inquiry>mql', 'mql>recycled']);
    expect((await world.view(leadId))?.engagement).toBe(0);
  });

  it('leaves a lead waiting that waits, whatever is said, and names what counts as its cause', async () => {
    await world.takeHistory([
      fits,
      did('content-downloaded', -2, 'content-downloaded-0'),
      did('webinar-attended', -1, 'late'),
      did('newsletter-subscribed', 0),
    ]);
    expect((await state()).wouldBeMql).toMatchObject({ causeId: engagementRef('newsletter-subscribed-0') });
    await judge('newsletter-subscribed-0', 'void');
    expect((await state()).wouldBeMql).toMatchObject({ causeId: engagementRef('late') });
    for (const id of ['late', 'content-downloaded-0']) await judge(id, 'hold');
    for (const id of ['late', 'content-downloaded-0']) await judge(id, 'release');
    expect(await state()).toMatchObject({ stage: 'inquiry', wouldBeMql: {} });
    expect(facts()).toEqual([]);
    await judge('late', 'void');
    await judge('content-downloaded-0', 'void');
    await world.advanceLead.activate({ leadId, by: 'ops' });
    expect(await state()).toMatchObject({ stage: 'inquiry' });
    expect((await state()).wouldBeMql).toBeUndefined();
  });

  it('is refused when the lead can keep no more, and a known one still changes', async () => {
    const many = Array.from({ length: mostVerdicts }, (_, i) => ({
      ...aVerdict({ id: `v${i}`, engagementId: `e${i}` }),
      leadId,
    }));
    for (const one of many) await world.judge(one);
    const more = { ...aVerdict({ id: 'more', engagementId: 'one-more' }), leadId };
    expect(await world.judge(more)).toBe('refused');
    expect(world.rejections).toMatchObject([{ code: 'too-many-verdicts', by: 'advance-lead' }]);
    expect(JSON.parse(world.rejections[0]!.payload)).toMatchObject({
      'detail-type': 'EngagementJudged',
      detail: { id: 'more' },
    });
    await judge('e7', 'release', { sequence: 2 });
    expect((await state()).verdicts).toHaveLength(mostVerdicts);
    expect(
      (await state()).verdicts?.find(({ engagementId }) => engagementId === engagementRef('e7')),
    ).toMatchObject({ verdict: 'release' });
  });

  it('finds its lead by any of its names, and begins one that nobody knows yet', async () => {
    await world.judge({ ...aVerdict({ engagementId: 'ask' }), lead });
    await world.receive(fits, did('demo-requested', 0, 'ask'));
    expect(facts()).toEqual([]);
    expect((await state()).count).toBe(1);
  });
});

describe('how verdicts are kept and told', () => {
  it('one for each engagement, sorted by its id', () => {
    const { kept } = takeVerdicts(
      [aVerdict({ engagementId: 'b' })],
      [
        aVerdict({ engagementId: 'c' }),
        aVerdict({ engagementId: 'a' }),
        aVerdict({ engagementId: 'b', sequence: 2, verdict: 'release' }),
      ],
    );
    expect(kept?.map(({ engagementId, verdict }) => `${engagementId} ${verdict}`)).toEqual([
      'a void',
      'b release',
      'c void',
    ]);
    expect(takeVerdicts(kept, [aVerdict({ engagementId: 'a' })]).kept).toBeUndefined();
  });

  it('never over the bus', () => {
    expect(takesTheBus(engagementJudged)).toBe(false);
  });

  it.each([
    ['neither lead nor leadId', {}],
    ['both', { leadId: 'l', lead }],
    ['a negative sequence', { leadId: 'l', sequence: -1 }],
    ['no reason', { leadId: 'l', reason: ' ' }],
  ])('with %s it is refused', (_, part) => {
    expect(v.is(engagementJudged.schema, { ...aVerdict(), ...part })).toBe(false);
    expect(v.is(engagementJudged.schema, { ...aVerdict(), leadId: 'l' })).toBe(true);
  });
});
