import { describe, expect, it } from 'vitest';
import { type CrashPoint, crashing } from '../../support/crashes.ts';
import { asks, becameMql, type HandoffWorld, handoffWorld, movedTo } from '../../support/handoff-world.ts';

const later = '2026-11-23T10:00:00.000Z';
const reminderAt = '2026-11-23T13:15:00.000Z';
type Functions = ReturnType<HandoffWorld['functions']>;
type Story = Readonly<{
  name: string;
  before?: (world: HandoffWorld) => Promise<unknown>;
  act: (world: HandoffWorld) => (functions: Functions) => Promise<unknown>;
}>;

const opened = async (world: HandoffWorld) => world.stageChanged(becameMql(world.aLead()));
const idOf = (world: HandoffWorld) => world.handoffs()[0]!.id;

const stories: readonly Story[] = [
  {
    name: 'opening',
    act: (world) => {
      const fact = becameMql(world.aLead());
      return ({ stageChanged }) => stageChanged(fact);
    },
  },
  {
    name: 'asking to talk with a handoff',
    before: opened,
    act: (world) => {
      const fact = asks(world.leads.get('lead-1')!, 'e-2', later);
      return ({ askedToTalk }) => askedToTalk(fact);
    },
  },
  {
    name: 'asking to talk as a customer',
    act: (world) => {
      const fact = asks(world.aLead({ stage: 'customer' }), 'e-2', later);
      return ({ askedToTalk }) => askedToTalk(fact);
    },
  },
  {
    name: 'withdrawing',
    before: opened,
    act: (world) => {
      const fact = movedTo(world.aLead({ stage: 'lost', stageAt: later }));
      return ({ stageChanged }) => stageChanged(fact);
    },
  },
  {
    name: 'accepting',
    before: opened,
    act: (world) => {
      const handoffId = idOf(world);
      return ({ answer }) => answer({ handoffId, by: 'anna', assignment: 1, answer: { type: 'accept' } });
    },
  },
  {
    name: 'rejecting',
    before: opened,
    act: (world) => {
      const handoffId = idOf(world);
      return ({ answer }) =>
        answer({ handoffId, by: 'anna', assignment: 1, answer: { type: 'reject', reason: 'no-need' } });
    },
  },
  ...(['take', 'pull-back'] as const).map((type) => ({
    name: `a manager's decision: ${type}`,
    before: opened,
    act: (world: HandoffWorld) => {
      const handoffId = idOf(world);
      return ({ manage }: Functions) =>
        manage({ handoffId, by: 'manager-dach', assignment: 1, action: { type } });
    },
  })),
  {
    name: 'reassigning what nobody answered',
    before: async (world) => {
      const asked = {
        engagementId: 'e-1',
        kind: 'demo-requested',
        occurredAt: world.now(),
        receivedAt: world.now(),
      };
      await world.stageChanged(becameMql(world.aLead({ asked, hot: true })));
      world.moveTo(later);
    },
    act: (world) => {
      const id = idOf(world);
      return ({ watch }) => watch({ kind: 'handoff', id, dueAt: later });
    },
  },
  {
    name: 'watching what somebody holds who has left',
    before: async (world) => {
      await opened(world);
      world.leave('anna');
      world.moveTo(reminderAt);
    },
    act: (world) => {
      const id = idOf(world);
      return ({ watch }) => watch({ kind: 'handoff', id, dueAt: reminderAt });
    },
  },
];

const prepared = async ({ before, act }: Story) => {
  const world = handoffWorld();
  await before?.(world);
  return { world, act: act(world) };
};
const ending = ({ table, loads }: HandoffWorld) => ({
  items: [...table.items].sort(([a], [b]) => (a < b ? -1 : 1)),
  facts: table.stream,
  loads: loads(),
});

describe.each(stories)('$name', (story) => {
  it('ends the same, wherever it stopped before it came again', async () => {
    const { world, act } = await prepared(story);
    const { wrap, calls } = crashing(undefined);
    await act(
      world.functions({
        aggregates: wrap(world.ports.aggregates),
        leads: wrap(world.ports.leads),
        accounts: wrap(world.ports.accounts),
      }),
    );
    const expected = ending(world);
    expect(calls()).toBeGreaterThan(2);
    expect(expected.facts.length).toBeGreaterThan(0);

    for (let call = 0; call < calls(); call++)
      for (const when of ['before', 'after'] as const) {
        const point: CrashPoint = { call, when };
        const again = await prepared(story);
        const ports = crashing(point);
        const { aggregates, leads, accounts } = again.world.ports;
        const stopping = again.world.functions({
          aggregates: ports.wrap(aggregates),
          leads: ports.wrap(leads),
          accounts: ports.wrap(accounts),
        });
        await expect(again.act(stopping)).rejects.toThrow();
        await again.act(again.world.functions());
        expect(ending(again.world)).toEqual(expected);
      }
  });

  it('ends the same when two instances have it at once, and when it comes twice', async () => {
    const alone = await prepared(story);
    await alone.act(alone.world.functions());
    const expected = ending(alone.world);

    const both = await prepared(story);
    await Promise.all([both.act(both.world.functions()), both.act(both.world.functions())]);
    await both.act(both.world.functions());
    expect(ending(both.world)).toEqual(expected);
  });
});

it('both facts of a cause at once open one handoff', async () => {
  const world = handoffWorld();
  const asked = {
    engagementId: 'e-1',
    kind: 'demo-requested',
    occurredAt: world.now(),
    receivedAt: world.now(),
  };
  const lead = world.aLead({ asked, hot: true });
  await Promise.all([
    world.stageChanged(becameMql(lead)),
    world.functions().askedToTalk(asks(lead, 'e-1', world.now())),
  ]);
  expect(world.handoffs()).toHaveLength(1);
  expect(world.table.stream.map(({ type }) => type)).toEqual(['HandoffOpened']);
  expect(world.loads()).toEqual({ kept: { anna: 1 }, counted: { anna: 1 } });
});
