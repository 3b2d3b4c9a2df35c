import { fc, test } from '@fast-check/vitest';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeMoveByHand } from '../../../functions/advance-lead/move-by-hand.ts';
import { demoteLead, promoteLead } from '../../../shared/events/commands.ts';
import { takesTheBus } from '../../../shared/events/subscriptions.ts';
import { memoryLeadRecords, memoryLeads } from '../../../shared/simulation/memory-leads.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import type { CrashPoint } from '../../support/crashes.ts';
import { redelivered } from '../../support/redelivery.ts';
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
const looks = (days = 0) =>
  engagementMessage(anEngagement({ id: `look-${days}`, occurredAt: day(days) }), day(days));
const asks = (days = 0) =>
  engagementMessage(
    anEngagement({ id: `ask-${days}`, kind: 'demo-requested', occurredAt: day(days) }),
    day(days),
  );
const profile = (traits: object) =>
  profileMessage(aProfileChange({ id: 'p', traits: { ...idealTraits, ...traits } }));

describe('what people decide about a stage', () => {
  let world: ScoringWorld;
  let leadId: string;
  beforeEach(async () => {
    world = scoringWorld();
    leadId = await world.leadIdOf(lead);
  });
  const state = async () => (await world.load(leadId)).state!;
  const command = (id: string) => ({ id, leadId, by: 'anna', reason: 'met at the fair' });
  const promote = (id = 'p1') => world.moveByHand('promote', command(id));
  const demote = (id = 'd1') => world.moveByHand('demote', command(id));
  const moves = () =>
    world.facts().flatMap((fact) => (fact.type === 'LeadStageChanged' ? [`${fact.from}>${fact.to}`] : []));

  it('makes an MQL without the points, as a fact that says who and by which policy', async () => {
    await world.receive(looks());
    expect(await promote()).toBe('saved');
    expect(world.facts()).toMatchObject([
      {
        type: 'LeadStageChanged',
        from: 'inquiry',
        to: 'mql',
        cause: { type: 'command', id: 'p1' },
        actor: 'anna',
        reason: 'promoted',
        policy: 'default',
      },
    ]);
    // Why may name people: it stays with the lead.
    expect(JSON.stringify(world.facts())).not.toContain('fair');
    expect(await state()).toMatchObject({
      stage: 'mql',
      unconfirmed: expect.stringContaining('p1'),
      manualMoves: [{ id: 'p1', to: 'mql', by: 'anna', reason: 'met at the fair', at: day(0) }],
    });
  });

  it('takes back to nurture with a cut-off: it takes new interest to come again', async () => {
    await world.receive(profile({}), asks());
    world.time.now = day(1);
    expect(await demote()).toBe('saved');
    expect(await state()).toMatchObject({ stage: 'recycled', cutOff: day(1) });
    expect((await state()).unconfirmed).toBeUndefined();
    expect((await world.load(leadId)).dueAt).toBeUndefined();
    expect(await world.view(leadId)).toMatchObject({ engagement: 0 });
    await world.receive(looks(2));
    expect(moves()).toEqual(['inquiry>mql', 'mql>recycled']);
    await world.receive(asks(3));
    expect(moves()).toEqual(['inquiry>mql', 'mql>recycled', 'recycled>mql']);
  });

  it('counts once, also when it comes again after other moves', async () => {
    await world.receive(looks());
    await promote();
    await demote();
    expect(await promote()).toBe('unchanged');
    expect(await demote()).toBe('unchanged');
    expect(moves()).toEqual(['inquiry>mql', 'mql>recycled']);
  });

  it.each<[string, (world: ScoringWorld) => Promise<unknown>, 'promote' | 'demote', string]>([
    ['who is one', (w) => w.receive(asks()), 'promote', 'promoted does not move a lead from mql to mql'],
    [
      'a customer',
      (w) => w.receive(looks()).then(() => w.advanceLead.deal(aDeal(), day(0))),
      'promote',
      'promoted does not move a lead from customer to mql',
    ],
    [
      'whom nobody has',
      (w) => w.receive(looks()),
      'demote',
      'demoted does not move a lead from inquiry to recycled',
    ],
    [
      'who is excluded',
      (w) => w.receive(looks(), profile({ role: 'student' })),
      'promote',
      'not from inquiry to mql: the policy excludes it',
    ],
  ])('refuses with both stages named: %s', async (_, prepare, type, why) => {
    await prepare(world);
    const before = moves();
    expect(await world.moveByHand(type, command('m'))).toBe('refused');
    expect(moves()).toEqual(before);
    expect((await state()).manualMoves).toMatchObject([{ id: 'm', refused: why }]);
    expect(world.rejections).toMatchObject([{ code: 'illegal-move', by: 'advance-lead', reasons: [why] }]);
  });

  it('what was refused stays refused, whatever the lead is when it comes again', async () => {
    await world.receive(asks());
    await promote();
    await demote();
    expect(await promote()).toBe('refused');
    expect((await state()).stage).toBe('recycled');
  });

  it('says that there is no such lead', async () => {
    expect(await promote()).toBe('refused');
    expect(world.rejections).toMatchObject([{ code: 'illegal-move', reasons: ['no such lead'] }]);
  });

  it('a person goes before a rest, and before an end', async () => {
    await world.receive(looks());
    await world.advanceLead.deal(aDeal({ outcome: 'lost' }), day(0));
    await promote();
    expect(moves()).toEqual(['inquiry>lost', 'lost>mql']);
  });

  it('never takes the bus', () => {
    expect([promoteLead, demoteLead].map(takesTheBus)).toEqual([false, false]);
  });
});

describe('commands that come again, or are stopped in between', () => {
  const crashes = fc.array(
    fc.record({ call: fc.nat(5), when: fc.constantFrom<CrashPoint['when']>('before', 'after') }),
    { maxLength: 6 },
  );

  test.prop(
    [
      fc.array(fc.constantFrom('promote' as const, 'demote' as const), { minLength: 1, maxLength: 6 }),
      fc.infiniteStream(fc.nat(5)),
      crashes,
    ],
    { numRuns: 300 },
  )('move as if each had come once, and every refusal is told', async (types, earlier, points) => {
    const world = scoringWorld();
    await world.receive(looks());
    const leadId = await world.leadIdOf(lead);
    const left = [...points];
    const send = (i: number) =>
      redelivered(left, (wrap) =>
        makeMoveByHand({
          leads: wrap(memoryLeads(world.table)),
          records: wrap(memoryLeadRecords(world.table)),
          rejected: wrap({ add: async (entry) => void world.rejections.push(entry) }),
          policy: onePolicy(world.policy),
          clock: { now: () => world.time.now },
        })(types[i]!, { id: `c${i}`, leadId, by: 'anna', reason: 'so' }),
      );
    for (const i of types.keys()) {
      await send(i);
      await send(Math.min(i, earlier.next().value));
    }
    let stage = 'inquiry';
    const refused: string[] = [];
    const moves = types.flatMap((type, i) => {
      const to = type === 'promote' ? 'mql' : 'recycled';
      if (to === stage || (to === 'recycled' && stage === 'inquiry')) {
        refused.push(`c${i}`);
        return [];
      }
      const move = `${stage}>${to} c${i}`;
      stage = to;
      return [move];
    });
    expect(
      world
        .facts()
        .flatMap((fact) =>
          fact.type === 'LeadStageChanged' ? [`${fact.from}>${fact.to} ${fact.cause.id}`] : [],
        ),
    ).toEqual(moves);
    const told = world.rejections.map(({ payload }): string => JSON.parse(payload).detail.id);
    expect(new Set(told)).toEqual(new Set(refused));
  });
});
