import { describe, expect, it } from 'vitest';
import { nextDueOf } from '../../../shared/domain/handoff-tiers.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import { becameMql, handoffWorld } from '../../support/handoff-world.ts';

const reminderAt = '2026-11-23T13:15:00.000Z';
const breachAt = '2026-11-24T09:00:00.000Z';
const pullBackAt = '2026-12-01T09:00:00.000Z';

/** A handoff that anna holds. What the watch tells of it at some time; these have left before. */
const held = async () => {
  const world = handoffWorld();
  await world.stageChanged(becameMql(world.aLead()));
  const { id } = world.handoffs()[0]!;
  const watchAt = async (at: string) => {
    const { length } = world.table.stream;
    world.moveTo(at);
    const outcome = await world.watch({ kind: 'handoff', id, dueAt: at });
    return { outcome, told: world.table.stream.slice(length).map(inWords) };
  };
  return { world, id, watchAt };
};

const inWords = (fact: StampedFact) => `${fact.type}${'holder' in fact ? ` ${fact.holder}` : ''}`;

describe('a handoff that is due, and whose holder has left', () => {
  it('goes to a colleague, who is reminded in their own time; nobody else is', async () => {
    const { world, watchAt } = await held();
    world.leave('anna');
    expect(await watchAt(reminderAt)).toEqual({
      outcome: { type: 'decided', facts: 1 },
      told: ['HandoffReassigned ben'],
    });
    expect(world.told('HandoffReassigned')).toMatchObject([{ from: 'anna', reason: 'holder-left' }]);
    const [handoff] = world.handoffs();
    expect(handoff).toMatchObject({ holder: 'ben', assignment: 2, previousHolders: ['anna'] });
    expect(world.loads()).toEqual({ kept: { ben: 1 }, counted: { ben: 1 } });

    const next = nextDueOf(handoff!)!;
    expect(next > reminderAt).toBe(true);
    expect((await watchAt(next)).told).toEqual(['HandoffReminded ben']);
  });

  it('is given on once', async () => {
    const { world, watchAt } = await held();
    world.leave('anna');
    await watchAt(reminderAt);
    expect(await watchAt(reminderAt)).toEqual({ outcome: { type: 'nothing-due' }, told: [] });
  });

  it('goes to the manager where no colleague is left', async () => {
    const { world, watchAt } = await held();
    world.leave('anna', 'ben', 'carla');
    expect((await watchAt(reminderAt)).told).toEqual(['HandoffReassigned manager-dach']);
  });

  it('was late before it moved', async () => {
    const { world, watchAt } = await held();
    world.leave('anna');
    expect((await watchAt(breachAt)).told).toEqual(['HandoffBreached anna', 'HandoffReassigned ben']);
  });

  it('is pulled back all the same, in the same write, where that is due too', async () => {
    const { world, watchAt } = await held();
    world.leave('anna');
    expect((await watchAt(pullBackAt)).told.at(-1)).toBe('HandoffPulledBack ben');
    expect(world.loads()).toEqual({ kept: {}, counted: {} });
  });
});

describe('a handoff stays with its holder, and the ladder goes on', () => {
  it.each<[string, readonly string[]]>([
    ['while they are there', []],
    ['while others have left', ['ben', 'carla', 'manager-dach']],
    ['where nobody is left to take it', ['anna', 'ben', 'carla', 'manager-dach']],
  ])('%s', async (_, gone) => {
    const { world, watchAt } = await held();
    world.leave(...gone);
    expect((await watchAt(reminderAt)).told).toEqual(['HandoffReminded anna']);
    expect(world.handoffs()).toMatchObject([{ holder: 'anna', assignment: 1 }]);
    expect(world.loads().kept).toEqual({ anna: 1 });
  });

  it('once they have accepted it', async () => {
    const { world, id, watchAt } = await held();
    await world.answer({ handoffId: id, by: 'anna', assignment: 1, answer: { type: 'accept' } });
    world.leave('anna');
    expect((await watchAt(breachAt)).told).toEqual(['HandoffReminded anna']);
    expect(world.handoffs()).toMatchObject([{ holder: 'anna', assignment: 1 }]);
  });
});
