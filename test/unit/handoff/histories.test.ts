import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Handoff, LeadHandoffs } from '../../../shared/domain/handoff.ts';
import type { ManagerAction } from '../../../shared/domain/handoff-manage.ts';
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
  | {
      type: 'manage';
      handoff: number;
      action: 'take' | 'give' | 'give-until' | 'pull-back';
      times: number;
      to: string;
    }
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
  { type: 'pause', until: '2026-11-26T09:00:00.000Z', reason: 'away' },
  { type: 'contact', how: 'auto-reply' },
  { type: 'qualify', qualification: { need: 'met' } },
  { type: 'qualify', qualification: { need: 'met', authority: 'met', budget: 'met' } },
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
  fc.record({
    type: fc.constant('manage'),
    handoff: fc.nat({ max: 6 }),
    action: fc.constantFrom('take', 'give', 'give-until', 'pull-back'),
    to: fc.constantFrom('anna', 'ben', 'carla'),
    times: fc.integer({ min: 1, max: 2 }),
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

const become = async (world: HandoffWorld, leadId: string, hot: boolean) => {
  if (world.leads.get(leadId)?.stage === 'mql') return;
  const view = world.aLead({ leadId, stage: 'mql', stageAt: world.now(), hot });
  await world.stageChanged(becameMql(view, `e-${world.now()}`));
};

const tick = async (world: HandoffWorld, times: number) => {
  for (const { kind, id, dueAt } of await world.due())
    for (let i = 0; i < times; i++) await world.watch({ kind, id, dueAt });
};

const say = async (
  world: HandoffWorld,
  { handoff: index, by, answer }: Extract<Step, { type: 'answer' }>,
) => {
  const handoff = world.handoffs()[index];
  if (handoff?.holder === undefined) return;
  const who = {
    holder: handoff.holder,
    before: handoff.previousHolders[0] ?? 'anna',
    manager: 'manager-dach',
  };
  await world.answer({ handoffId: handoff.id, by: who[by], answer });
};

const manage = async (
  world: HandoffWorld,
  { handoff: index, action: type, to, times }: Extract<Step, { type: 'manage' }>,
) => {
  const handoff = world.handoffs()[index];
  if (handoff === undefined) return;
  const action: ManagerAction =
    type === 'give'
      ? { type, to }
      : type === 'give-until'
        ? { type, until: instantOf(epochOf(world.now()) + 3 * HOUR) }
        : { type };
  const by = handoff.manager ?? 'manager-dach';
  const results = [];
  for (let i = 0; i < times; i++)
    results.push(await world.manage({ handoffId: handoff.id, by, assignment: handoff.assignment, action }));
  if (times === 2 && results[0]?.type === 'done') expect(results[1]?.type).toBe('repeated');
};

const take = async (world: HandoffWorld, step: Step, i: number) => {
  const view = 'lead' in step ? world.leads.get(`l-${step.lead}`) : undefined;
  switch (step.type) {
    case 'mql':
      return become(world, `l-${step.lead}`, step.hot);
    case 'wait':
      return world.moveTo(instantOf(epochOf(world.now()) + step.minutes * MINUTE));
    case 'tick':
      return tick(world, step.times);
    case 'answer':
      return say(world, step);
    case 'manage':
      return manage(world, step);
    case 'ask':
      return view && world.askedToTalk(asks(view, `ask-${i}`, world.now()));
    case 'leave':
      return (
        view && world.stageChanged(movedTo(world.aLead({ ...view, stage: 'lost', stageAt: world.now() })))
      );
  }
};

const storyOf = (world: HandoffWorld, handoffId: string): readonly StampedFact[] =>
  world.table.stream.filter((fact) => 'handoffId' in fact && fact.handoffId === handoffId);

/** What a tier's fact belongs to: it may come once only. */
const tierOf = (fact: StampedFact): readonly string[] => {
  if (fact.type === 'HandoffReminded') return [`${fact.deadline} ${fact.tier} ${fact.assignment}`];
  return fact.type === 'HandoffBreached' || fact.type === 'HandoffEscalated'
    ? [`${fact.deadline} ${fact.type}`]
    : [];
};

const isOfAccept = (fact: StampedFact) => 'deadline' in fact && fact.deadline === 'accept';

const checkHandoff = (world: HandoffWorld, handoff: Handoff) => {
  const facts = storyOf(world, handoff.id);
  const tiers = facts.flatMap(tierOf);
  expect(new Set(handoff.decided).size).toBe(handoff.decided.length);
  expect(new Set(tiers).size).toBe(tiers.length);

  const ended = facts.findIndex(({ type }) => endings.has(type));
  if (ended !== -1) expect(facts.slice(ended + 1).filter(isOfAccept)).toEqual([]);
  const closed = facts.findIndex(({ type }) => endings.has(type) && type !== 'HandoffAccepted');
  // An SQL may still be given back; nothing else follows the end.
  const after = closed === -1 ? [] : facts.slice(closed + 1).map(({ type }) => type);
  expect(after).toEqual(
    facts[closed]?.type === 'HandoffQualified' && after.length > 0 ? ['HandoffRejected'] : [],
  );

  const dueAt = handoff.plan.accept?.dueAt;
  if (dueAt === undefined) return;
  const until = facts[ended]?.at ?? world.now();
  const breaches = facts.filter((fact) => fact.type === 'HandoffBreached' && isOfAccept(fact));
  expect(breaches).toHaveLength(until >= dueAt ? 1 : 0);
};

/** At most one is open or accepted, and the lead's item knows which. */
const checkLead = (world: HandoffWorld, leadId: string) => {
  const live = world.handoffs().filter((handoff) => handoff.leadId === leadId && handoff.status !== 'closed');
  const item = world.table.items.get(`lead-handoffs#${leadId}`)?.state as LeadHandoffs | undefined;
  expect(live.length).toBeLessThanOrEqual(1);
  expect(item?.current).toBe(live[0]?.id);
};

const roster = () =>
  aRoster({ ben: { away: [{ from: '2026-11-23T12:00:00.000Z', until: '2026-11-25T12:00:00.000Z' }] } });

describe('any history of handoffs', () => {
  test.prop([fc.array(step, { maxLength: 40 })], { numRuns: 300 })(
    'decides each tier once, none after the answer, tells every deadline that was missed and no other, and counts loads',
    async (steps) => {
      const world = handoffWorld({ roster: roster() });
      for (const [i, current] of steps.entries()) {
        await take(world, current, i);
        const { kept, counted } = world.loads();
        expect(kept).toEqual(counted);
      }
      world.moveTo(instantOf(epochOf(world.now()) + 24 * HOUR));
      await tick(world, 1);
      for (const handoff of world.handoffs()) checkHandoff(world, handoff);
      for (const leadId of world.leads.keys()) checkLead(world, leadId);
    },
  );
});
