import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followLead } from '../../../shared/domain/handoff-priority.ts';
import type { LeadView } from '../../../shared/domain/lead-view.ts';
import type { FactOf } from '../../../shared/events/facts.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { asks, becameMql, handoffWorld } from '../../support/handoff-world.ts';
import { aHandoff, monday } from '../../support/handoffs.ts';
import { aRoster } from '../../support/roster.ts';

const noon = '2026-11-23T11:00:00.000Z';
const afternoon = '2026-11-23T13:00:00.000Z';

const changed = (
  { leadId, stage, priority }: LeadView,
  overrides: Partial<FactOf<'LeadPriorityChanged'>> = {},
): FactOf<'LeadPriorityChanged'> => ({
  type: 'LeadPriorityChanged',
  factId: `lead-${leadId}#5#0`,
  leadId,
  at: priority?.since ?? monday,
  from: priority?.hot ? 'normal' : 'hot',
  to: priority?.hot ? 'hot' : 'normal',
  stage,
  score: 84,
  cause: { type: 'engagement', id: 'e-7' },
  ...overrides,
});

const isHot = (since: string) => ({ priority: { hot: true, since } });
const isNormal = { priority: { hot: false, since: monday } };

describe('a lead with an open handoff', () => {
  const opened = async () => {
    const world = handoffWorld();
    await world.stageChanged(becameMql(world.aLead(isNormal)));
    return world;
  };
  const accept = (world: Awaited<ReturnType<typeof opened>>) => world.handoffs()[0]!.plan.accept!.dueAt;

  it('that becomes hot makes it hot from then on; told again, nothing changes', async () => {
    const world = await opened();
    world.moveTo('2026-11-23T11:04:00.000Z');
    const lead = world.aLead({ stageAt: monday, ...isHot(noon) });
    expect(await world.priorityChanged(changed(lead))).toBe('replanned');
    expect(await world.priorityChanged(changed(lead))).toBe('unchanged');
    expect(world.told('HandoffReplanned')).toMatchObject([
      { priority: 'hot', acceptBy: '2026-11-23T11:30:00.000Z' },
    ]);
    expect(world.handoffs()).toMatchObject([{ priority: 'hot', status: 'open' }]);
    expect(world.handoffs()[0]).not.toHaveProperty('asked');
  });

  it('that cools lowers the priority, and no deadline; hot again, deadlines only get earlier', async () => {
    const world = await opened();
    world.moveTo(noon);
    await world.priorityChanged(changed(world.aLead({ stageAt: monday, ...isHot(noon) })));
    const before = world.handoffs()[0]!.plan;
    expect(await world.priorityChanged(changed(world.aLead({ stageAt: monday, ...isNormal })))).toBe(
      'replanned',
    );
    expect(world.handoffs()).toMatchObject([{ priority: 'normal', plan: before }]);
    expect(world.told('HandoffReplanned').at(-1)).toMatchObject({
      priority: 'normal',
      acceptBy: accept(world),
    });
    world.moveTo('2026-11-23T11:10:00.000Z');
    const again = world.aLead({ stageAt: monday, ...isHot('2026-11-23T11:10:00.000Z') });
    await world.priorityChanged(changed(again));
    expect(world.handoffs()).toMatchObject([{ priority: 'hot' }]);
    expect(accept(world)).toBe('2026-11-23T11:30:00.000Z');
  });

  it('that asked there stays hot, whatever its points', async () => {
    const world = await opened();
    const asked = { engagementId: 'e-2', kind: 'demo-requested', occurredAt: noon, receivedAt: noon };
    world.moveTo(noon);
    const lead = world.aLead({ stageAt: monday, ...isNormal, asked });
    await world.askedToTalk(asks(lead, 'e-2', noon));
    expect(await world.priorityChanged(changed(lead))).toBe('unchanged');
    expect(world.handoffs()).toMatchObject([{ priority: 'hot' }]);
  });

  it('that is taken on gets the priority and nothing else', async () => {
    const world = await opened();
    await world.answer({ handoffId: world.handoffs()[0]!.id, by: 'anna', answer: { type: 'accept' } });
    const { plan } = world.handoffs()[0]!;
    const sal = world.aLead({ stage: 'sal', stageAt: noon, ...isHot(afternoon) });
    world.moveTo(afternoon);
    expect(await world.priorityChanged(changed(sal))).toBe('replanned');
    expect(world.handoffs()).toMatchObject([{ status: 'accepted', priority: 'hot', plan }]);
    expect(world.told('HandoffReplanned')[0]).not.toHaveProperty('acceptBy');
    expect(world.told('RepAlerted')).toEqual([]);
  });

  it.each([true, false])('hears of a change that came before it was opened (hot: %s)', async (hot) => {
    const world = handoffWorld();
    const lead = world.aLead(hot ? isHot(noon) : isNormal);
    world.moveTo(noon);
    expect(await world.priorityChanged(changed(lead))).toBe('unchanged');
    expect(await world.stageChanged(becameMql(lead, 'e-1', { hot: !hot }))).toBe('opened');
    expect(world.handoffs()).toMatchObject([{ priority: hot ? 'hot' : 'normal' }]);
    expect(world.told('HandoffOpened')).toMatchObject([{ priority: hot ? 'normal' : 'hot' }]);
    expect(await world.stageChanged(becameMql(lead, 'e-1', { hot: !hot }))).toBe('unchanged');
  });

  it('that was handed to somebody else gives that person the hot time, however late the first one was', () => {
    const late = '2026-11-24T10:00:00.000Z';
    const held = aHandoff({}, { assignment: 2, holder: 'ben', answerBy: '2026-11-25T09:00:00.000Z' });
    const context = { policy: defaultPolicy(), roster: aRoster(), now: late };
    const { state, facts } = followLead(held, { hot: true, since: late }, context);
    expect(state).toMatchObject({ priority: 'hot', answerBy: '2026-11-24T10:30:00.000Z' });
    expect(state.plan.accept?.dueAt).toBe(held.plan.accept?.dueAt);
    expect(facts.map(({ type }) => type)).toEqual(['HandoffBreached', 'HandoffReplanned']);
  });
});

describe('a lead that is about to buy', () => {
  const qualified = async () => {
    const world = handoffWorld();
    await world.stageChanged(becameMql(world.aLead(isNormal)));
    const { id } = world.handoffs()[0]!;
    await world.answer({ handoffId: id, by: 'anna', answer: { type: 'accept' } });
    world.moveTo(afternoon);
    return world;
  };
  const sql = (world: Awaited<ReturnType<typeof qualified>>, over: Partial<LeadView>) =>
    world.aLead({ stage: 'sql', stageAt: noon, ...over });

  it('alerts its rep at once, once for each time that it becomes hot', async () => {
    const world = await qualified();
    const hot = sql(world, isHot(noon));
    expect(await world.priorityChanged(changed(hot))).toBe('alerted');
    expect(await world.priorityChanged(changed(hot))).toBe('unchanged');
    expect(await world.priorityChanged(changed(sql(world, isNormal)))).toBe('unchanged');
    const again = changed(sql(world, isHot(afternoon)), { cause: { type: 'profile', id: 'p-1' } });
    expect(await world.priorityChanged(changed(hot))).toBe('unchanged');
    expect(await world.priorityChanged(again)).toBe('alerted');
    expect(world.told('RepAlerted')).toMatchObject([
      { rep: 'anna', reason: 'hot', engagementId: 'e-7' },
      { rep: 'anna', reason: 'hot' },
    ]);
    expect(world.told('RepAlerted')[1]).not.toHaveProperty('engagementId');
    expect(world.told('HandoffReplanned')).toEqual([]);
  });

  it('is not told of for a time that is over: that it is hot again, another fact tells', async () => {
    const world = await qualified();
    const first = changed(sql(world, isHot(noon)));
    const second = changed(sql(world, isHot(afternoon)));
    expect(await world.priorityChanged(first)).toBe('unchanged');
    expect(await world.priorityChanged(second)).toBe('alerted');
    expect(world.told('RepAlerted')).toHaveLength(1);
  });

  it('that asked for it alerts once, not twice', async () => {
    const world = await qualified();
    const lead = sql(world, isHot(noon));
    expect(await world.priorityChanged(changed(lead, { asks: true }))).toBe('unchanged');
    await world.askedToTalk(asks(lead, 'e-7', noon));
    expect(world.told('RepAlerted')).toMatchObject([{ reason: 'accepted', engagementId: 'e-7' }]);
  });
});

describe('facts in any order', () => {
  it('end with the handoff as urgent as the lead, and no deadline later than it was', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        async (changes, order) => {
          const world = handoffWorld();
          const mql = becameMql(world.aLead(isNormal));
          // What the lead went through: each fact is told when the lead is at least there, once or twice, in any order.
          const facts = changes.flatMap((hot, i) => {
            const since = new Date(Date.parse(noon) + i * 60_000).toISOString();
            return hot === (i > 0 && changes[i - 1]) ? [] : [{ priority: { hot, since } }];
          });
          const end = facts.at(-1) ?? isNormal;
          const pending: (() => Promise<unknown>)[] = [
            () => world.stageChanged(mql),
            ...facts.map(
              (state) => () =>
                world.priorityChanged(changed({ ...world.aLead({ stageAt: monday, ...end }), ...state })),
            ),
          ];
          world.aLead({ stageAt: monday, ...end });
          world.moveTo(afternoon);
          const twice = [...pending, ...pending];
          let due: string | undefined;
          for (const pick of order) {
            const [next] = twice.splice(pick % Math.max(twice.length, 1), 1);
            await next?.();
            const now = world.handoffs()[0]?.plan.accept?.dueAt;
            if (due !== undefined) expect(now! <= due).toBe(true);
            due = now;
          }
          for (const next of twice) await next();
          expect(world.handoffs()).toMatchObject([{ priority: end.priority.hot ? 'hot' : 'normal' }]);
        },
      ),
      { numRuns: 200 },
    ));
});
