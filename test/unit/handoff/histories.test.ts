import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { epochOf, HOUR, instantOf, MINUTE } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { Answer } from '../../../shared/events/inbound.ts';
import { asks, becameMql, type HandoffWorld, handoffWorld, movedTo } from '../../support/handoff-world.ts';
import { aRoster } from '../../support/roster.ts';

type Step = Readonly<
  | { type: 'mql'; lead: number; hot: boolean }
  | { type: 'wait'; minutes: number }
  | { type: 'tick'; times: number }
  | { type: 'answer'; handoff: number; by: 'holder' | 'before' | 'manager'; answer: Answer }
  | { type: 'ask'; lead: number }
  | { type: 'leave'; lead: number }
>;

const lead = fc.nat({ max: 3 });
const answer = fc.constantFrom<Answer>(
  { type: 'accept' },
  { type: 'accept' },
  { type: 'reject', reason: 'no-need' },
  { type: 'reject', reason: 'misrouted' },
  { type: 'contact', how: 'call' },
  { type: 'qualify', qualification: { need: 'met' } },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constant('mql'), lead, hot: fc.boolean() }),
  fc.record({
    type: fc.constant('wait'),
    minutes: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 60, max: 6000 })),
  }),
  fc.record({ type: fc.constant('tick'), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    type: fc.constant('answer'),
    handoff: fc.nat({ max: 6 }),
    by: fc.constantFrom('holder', 'holder', 'before', 'manager'),
    answer,
  }),
  fc.record({ type: fc.constant('ask'), lead }),
  fc.record({ type: fc.constant('leave'), lead }),
) as fc.Arbitrary<Step>;

/** When a handoff was first answered or withdrawn. */
const endings = new Set([
  'HandoffAccepted',
  'HandoffRejected',
  'HandoffWithdrawn',
  'HandoffQualified',
  'HandoffPulledBack',
]);

const run = async (world: HandoffWorld, steps: readonly Step[]) => {
  let asked = 0;
  for (const current of steps) {
    const now = world.now();
    switch (current.type) {
      case 'mql': {
        const leadId = `l-${current.lead}`;
        if (world.leads.get(leadId)?.stage === 'mql') break;
        const view = world.aLead({ leadId, stage: 'mql', stageAt: now, hot: current.hot });
        await world.stageChanged(becameMql(view, `e-${now}`));
        break;
      }
      case 'wait':
        world.moveTo(instantOf(epochOf(now) + current.minutes * MINUTE));
        break;
      case 'tick':
        for (const { kind, id, dueAt } of await world.due())
          for (let i = 0; i < current.times; i++) await world.watch({ kind, id, dueAt });
        break;
      case 'answer': {
        const handoff = world.handoffs()[current.handoff];
        if (handoff?.holder === undefined) break;
        const by = {
          holder: handoff.holder,
          before: handoff.previousHolders[0] ?? 'anna',
          manager: 'manager-dach',
        };
        await world.answer({ handoffId: handoff.id, by: by[current.by], answer: current.answer });
        break;
      }
      case 'ask': {
        const view = world.leads.get(`l-${current.lead}`);
        if (view !== undefined) await world.askedToTalk(asks(view, `ask-${asked++}`, now));
        break;
      }
      case 'leave': {
        const view = world.leads.get(`l-${current.lead}`);
        if (view === undefined) break;
        const gone = world.aLead({ ...view, stage: 'lost', stageAt: now });
        await world.stageChanged(movedTo(gone));
        break;
      }
    }
    const { kept, counted } = world.loads();
    expect(kept).toEqual(counted);
  }
};

const roster = () =>
  aRoster({ ben: { away: [{ from: '2026-11-23T12:00:00.000Z', until: '2026-11-25T12:00:00.000Z' }] } });

describe('any history of handoffs', () => {
  test.prop([fc.array(step, { maxLength: 40 })], { numRuns: 300 })(
    'decides each tier once, none after the answer, and tells every deadline that was missed and no other',
    async (steps) => {
      const world = handoffWorld({ roster: roster() });
      await run(world, steps);
      world.moveTo(instantOf(epochOf(world.now()) + 24 * HOUR));
      for (const { kind, id, dueAt } of await world.due()) await world.watch({ kind, id, dueAt });

      const story = new Map<string, StampedFact[]>();
      for (const fact of world.table.stream)
        if ('handoffId' in fact && fact.handoffId !== undefined)
          story.set(fact.handoffId, [...(story.get(fact.handoffId) ?? []), fact]);

      for (const handoff of world.handoffs()) {
        const facts = story.get(handoff.id) ?? [];
        expect(new Set(handoff.decided).size).toBe(handoff.decided.length);
        const tiers = facts.flatMap((fact) =>
          fact.type === 'HandoffReminded'
            ? `${fact.deadline} ${fact.tier} ${fact.assignment}`
            : fact.type === 'HandoffBreached' || fact.type === 'HandoffEscalated'
              ? `${fact.deadline} ${fact.type}`
              : [],
        );
        expect(new Set(tiers).size).toBe(tiers.length);

        const ended = facts.findIndex(({ type }) => endings.has(type));
        const after = ended === -1 ? [] : facts.slice(ended + 1);
        expect(after.filter((fact) => 'deadline' in fact && fact.deadline === 'accept')).toEqual([]);
        const closed = facts.findIndex(({ type }) => endings.has(type) && type !== 'HandoffAccepted');
        if (closed !== -1) expect(facts.slice(closed + 1)).toEqual([]);

        const dueAt = handoff.plan.accept?.dueAt;
        if (dueAt === undefined) continue;
        const until = facts[ended]?.at ?? world.now();
        const breached = facts.filter(
          (fact) => fact.type === 'HandoffBreached' && fact.deadline === 'accept',
        );
        expect(breached.length).toBe(until >= dueAt ? 1 : 0);
      }

      // At most one that is open or accepted for each lead, and its item knows it.
      for (const view of world.leads.values()) {
        const live = world
          .handoffs()
          .filter(({ leadId, status }) => leadId === view.leadId && status !== 'closed');
        expect(live.length).toBeLessThanOrEqual(1);
        const item = world.table.items.get(`lead-handoffs#${view.leadId}`)?.state as
          | { current?: string }
          | undefined;
        expect(item?.current).toBe(live[0]?.id);
      }
    },
  );
});
