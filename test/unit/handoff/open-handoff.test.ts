import { describe, expect, it } from 'vitest';
import { handoffIdOf } from '../../../shared/domain/handoff-id.ts';
import { asks, becameMql, handoffWorld, movedTo } from '../../support/handoff-world.ts';
import { monday } from '../../support/handoffs.ts';
import { aRoster } from '../../support/roster.ts';

const later = '2026-11-23T10:00:00.000Z';
const answered = '2026-11-23T09:55:00.000Z';

describe('an MQL', () => {
  it('gets a handoff, whose fact names its holder and deadline', async () => {
    const world = handoffWorld();
    const lead = world.aLead();
    expect(await world.stageChanged(becameMql(lead))).toBe('opened');
    expect(world.told('HandoffOpened')).toEqual([
      expect.objectContaining({
        handoffId: handoffIdOf('lead-1', 'e-1'),
        leadId: 'lead-1',
        holder: 'anna',
        team: 'dach',
        route: 'dach',
        priority: 'normal',
        acceptBy: '2026-11-24T09:00:00.000Z',
        flagged: false,
      }),
    ]);
    expect(world.loads()).toEqual({ kept: { anna: 1 }, counted: { anna: 1 } });
  });

  it('has one handoff, whichever fact of its cause comes first, and however often', async () => {
    for (const order of [
      ['stage', 'ask'],
      ['ask', 'stage'],
    ]) {
      const world = handoffWorld();
      const asked = { engagementId: 'e-1', kind: 'demo-requested', occurredAt: monday, receivedAt: monday };
      const lead = world.aLead({ asked, hot: true });
      for (const fact of [...order, ...order])
        if (fact === 'stage') await world.stageChanged(becameMql(lead));
        else await world.askedToTalk(asks(lead, 'e-1', monday));
      expect(world.handoffs()).toHaveLength(1);
      expect(world.handoffs()[0]).toMatchObject({ id: handoffIdOf('lead-1', 'e-1'), priority: 'hot' });
      expect(world.table.stream.map(({ type }) => type)).toEqual(['HandoffOpened']);
    }
  });

  it('is not offered again by its own cause, whatever became of it', async () => {
    const world = handoffWorld();
    const lead = world.aLead();
    await world.stageChanged(becameMql(lead));
    const [handoff] = world.handoffs();
    await world.answer({ handoffId: handoff!.id, by: 'anna', answer: { type: 'reject', reason: 'no-need' } });
    expect(await world.stageChanged(becameMql(lead))).toBe('unchanged');
    expect(world.handoffs()).toHaveLength(1);
    expect(world.loads()).toEqual({ kept: {}, counted: {} });
  });

  it('of an earlier time is not opened after the lead has moved on', async () => {
    const world = handoffWorld();
    const fact = becameMql(world.aLead());
    world.aLead({ stage: 'recycled', stageAt: later });
    expect(await world.stageChanged(fact)).toBe('unchanged');
    world.aLead({ stage: 'mql', stageAt: '2026-11-24T10:00:00.000Z' });
    expect(await world.stageChanged(fact)).toBe('unchanged');
    expect(world.handoffs()).toEqual([]);
  });

  it('that nobody is to have gets a handoff that says why', async () => {
    const world = handoffWorld();
    await world.stageChanged(becameMql(world.aLead({ segment: 'micro' })));
    expect(world.handoffs()).toMatchObject([
      { status: 'closed', outcome: { type: 'none', reason: 'self-serve' } },
    ]);
    expect(world.told('HandoffOpened')).toMatchObject([{ none: 'self-serve' }]);
    expect(world.leadHandoffs()).toMatchObject([{ last: handoffIdOf('lead-1', 'e-1') }]);
    expect(await world.due()).toEqual([]);
  });

  it('that is one again, before the first was taken back, gets a new one and gives the old one up', async () => {
    const world = handoffWorld();
    await world.stageChanged(becameMql(world.aLead()));
    const again = world.aLead({ stageAt: later });
    world.moveTo(later);
    expect(await world.stageChanged(becameMql(again, 'e-9'))).toBe('opened');
    expect(world.handoffs().map(({ status }) => status)).toEqual(['closed', 'open']);
    expect(world.leadHandoffs()).toMatchObject([{ current: handoffIdOf('lead-1', 'e-9') }]);
    expect(world.loads().kept).toEqual(world.loads().counted);
  });

  it('waits for a roster rather than being dropped', async () => {
    const world = handoffWorld({ roster: { people: [], teams: [] } });
    await expect(world.stageChanged(becameMql(world.aLead()))).rejects.toThrow('no team');
  });
});

describe('who gets it', () => {
  const holderOf = async (world: ReturnType<typeof handoffWorld>, lead = world.aLead()) => {
    await world.stageChanged(becameMql(lead));
    return world.handoffs().find(({ leadId }) => leadId === lead.leadId);
  };

  it('goes round by load and capacity', async () => {
    const world = handoffWorld({ roster: aRoster({ ben: { capacity: 30 } }) });
    const holders = [];
    for (let i = 0; i < 8; i++)
      holders.push(
        (await holderOf(world, world.aLead({ leadId: `l-${i}`, companyDomain: `c-${i}.example` })))?.holder,
      );
    expect(holders).toEqual(['anna', 'ben', 'carla', 'ben', 'anna', 'carla', 'ben', 'ben']);
  });

  it.each([
    ['somebody present', { anna: { away: [{ from: monday, until: later }] } }, 'ben', false],
    [
      'the least loaded, flagged, when all are away',
      Object.fromEntries(
        ['anna', 'ben', 'carla'].map((id) => [id, { away: [{ from: '2026-11-01', until: '2026-12-01' }] }]),
      ),
      'anna',
      true,
    ],
  ])('is %s', async (_, people, holder, flagged) => {
    const world = handoffWorld({ roster: aRoster(people) });
    expect(await holderOf(world)).toMatchObject({ holder, flagged });
  });

  it('is flagged once all are full', async () => {
    const full = { capacity: 1 };
    const world = handoffWorld({ roster: aRoster({ anna: full, ben: full, carla: full }) });
    for (let i = 0; i < 4; i++)
      await holderOf(world, world.aLead({ leadId: `l-${i}`, companyDomain: `c-${i}.example` }));
    expect(world.handoffs().map(({ flagged }) => flagged)).toEqual([false, false, false, true]);
  });

  it('is the same rep for colleagues, also when full, but not when away', async () => {
    const world = handoffWorld({
      roster: aRoster({ anna: { capacity: 1, away: [{ from: later, until: '2026-12-01' }] } }),
    });
    expect((await holderOf(world))?.holder).toBe('anna');
    expect(await holderOf(world, world.aLead({ leadId: 'l-2' }))).toMatchObject({
      holder: 'anna',
      route: 'colleague-held',
    });
    world.moveTo(later);
    expect((await holderOf(world, world.aLead({ leadId: 'l-3', stageAt: later })))?.holder).toBe('ben');
  });

  it.each([
    ['the owner of a deal', { status: 'prospect', owner: 'ian', openDeal: true }, 'ian', 'open-opportunity'],
    ['the owner of a customer', { status: 'customer', owner: 'ian', openDeal: false }, 'ian', 'customer'],
    [
      'the team, where the roster does not know the owner',
      { status: 'customer', owner: 'gone', openDeal: false },
      'anna',
      'dach',
    ],
  ] as const)('is %s', async (_, account, holder, route) => {
    const world = handoffWorld();
    world.accounts.set('acme.example', { ...account, at: monday });
    expect(await holderOf(world)).toMatchObject({ holder, route });
  });

  it.each([
    [{ segment: 'enterprise' }, 'eve'],
    [{ locale: 'en' as const }, 'ian'],
  ])('is of the team that %j is routed to', async (lead, holder) => {
    const world = handoffWorld();
    expect((await holderOf(world, world.aLead(lead)))?.holder).toBe(holder);
  });

  it('is somebody even where no route fits', async () => {
    const world = handoffWorld({ policy: { routing: [] } });
    expect(await holderOf(world)).toMatchObject({ holder: 'anna', flagged: true, route: 'otherwise' });
  });
});

describe('a lead that leaves', () => {
  it.each(['recycled', 'customer', 'lost', 'disqualified'] as const)(
    'as %s takes its handoff back',
    async (stage) => {
      const world = handoffWorld();
      await world.stageChanged(becameMql(world.aLead()));
      const gone = world.aLead({ stage, stageAt: later });
      expect(await world.stageChanged(movedTo(gone, { reason: 'so-it-is' }))).toBe('withdrawn');
      expect(await world.stageChanged(movedTo(gone))).toBe('unchanged');
      expect(world.told('HandoffWithdrawn')).toMatchObject([{ reason: 'so-it-is' }]);
      expect(world.loads()).toEqual({ kept: {}, counted: {} });
      expect(await world.due()).toEqual([]);
    },
  );

  it('as a customer, before its acceptance was followed, leaves nothing to be followed', async () => {
    const world = handoffWorld();
    await world.stageChanged(becameMql(world.aLead()));
    await world.answer({ handoffId: world.handoffs()[0]!.id, by: 'anna', answer: { type: 'accept' } });
    expect(world.handoffs()[0]).toHaveProperty('unconfirmed');
    await world.stageChanged(movedTo(world.aLead({ stage: 'customer', stageAt: later })));
    expect(world.handoffs()[0]).not.toHaveProperty('unconfirmed');
    world.moveTo('2027-01-01T00:00:00.000Z');
    expect(await world.due()).toEqual([]);
  });

  it('while its handoff is being opened leaves none behind', async () => {
    const world = handoffWorld();
    const lead = world.aLead();
    const { aggregates } = world.ports;
    const slow = world.functions({
      aggregates: {
        ...aggregates,
        async commit(changes) {
          if (world.leads.get(lead.leadId)?.stage === 'mql')
            await world.stageChanged(movedTo(world.aLead({ stage: 'recycled', stageAt: later })));
          return aggregates.commit(changes);
        },
      },
    });
    expect(await slow.stageChanged(becameMql(lead))).toBe('withdrawn');
    expect(world.handoffs()).toMatchObject([{ status: 'closed', outcome: { type: 'withdrawn' } }]);
  });

  it('for sales keeps it', async () => {
    const world = handoffWorld();
    await world.stageChanged(becameMql(world.aLead()));
    const sal = world.aLead({ stage: 'sal', stageAt: later });
    expect(await world.stageChanged(movedTo(sal))).toBe('unchanged');
  });
});

describe('who asks to talk', () => {
  it('makes the open handoff hot', async () => {
    const world = handoffWorld();
    const lead = world.aLead();
    await world.stageChanged(becameMql(lead));
    world.moveTo(later);
    expect(await world.askedToTalk(asks(lead, 'e-2', later))).toBe('replanned');
    expect(await world.askedToTalk(asks(lead, 'e-2', later))).toBe('unchanged');
    expect(world.handoffs()).toMatchObject([{ priority: 'hot', id: handoffIdOf('lead-1', 'e-1') }]);
    expect(world.told('HandoffReplanned')).toMatchObject([{ acceptBy: '2026-11-23T10:30:00.000Z' }]);
    expect(world.told('RepAlerted')).toEqual([]);
  });

  it('makes it hot also if the handoff knew of the question when it was opened', async () => {
    const world = handoffWorld();
    const asked = { engagementId: 'e-2', kind: 'demo-requested', occurredAt: later, receivedAt: later };
    world.moveTo(later);
    const lead = world.aLead({ stageAt: monday, asked, hot: true });
    await world.stageChanged(becameMql(lead, 'e-1', { asked: undefined, hot: false, reason: 'threshold' }));
    expect(await world.askedToTalk(asks(lead, 'e-2', later))).toBe('replanned');
    expect(world.handoffs()).toMatchObject([{ priority: 'hot', asked: { engagementId: 'e-2' } }]);
  });

  it('alerts the rep who accepted, once for each time', async () => {
    const world = handoffWorld();
    const lead = world.aLead();
    await world.stageChanged(becameMql(lead));
    const [handoff] = world.handoffs();
    await world.answer({ handoffId: handoff!.id, by: 'anna', answer: { type: 'accept' } });
    for (const id of ['e-2', 'e-3', 'e-2', 'e-3']) await world.askedToTalk(asks(lead, id, later));
    expect(world.told('RepAlerted')).toMatchObject([
      { rep: 'anna', reason: 'accepted', engagementId: 'e-2', handoffId: handoff!.id },
      { rep: 'anna', engagementId: 'e-3' },
    ]);
  });

  it('as a customer alerts the owner, else who dealt with it, else somebody', async () => {
    const world = handoffWorld();
    const lead = world.aLead({ stage: 'customer' });
    await world.askedToTalk(asks(lead, 'e-2', later));
    world.accounts.set('acme.example', { status: 'customer', owner: 'ian', openDeal: false, at: monday });
    await world.askedToTalk(asks(lead, 'e-3', later));
    expect(world.told('RepAlerted').map(({ rep }) => rep)).toEqual(['anna', 'ian']);
    expect(world.told('RepAlerted').map(({ owner }) => owner)).toEqual([undefined, true]);
    expect(world.handoffs()).toEqual([]);
  });

  it('as an SQL alerts its rep at once, with nothing to accept', async () => {
    const world = handoffWorld();
    const lead = world.aLead();
    await world.stageChanged(becameMql(lead));
    const [handoff] = world.handoffs();
    const bant = { need: 'met', authority: 'met', budget: 'met' } as const;
    await world.answer({
      handoffId: handoff!.id,
      by: 'anna',
      answer: { type: 'accept', qualification: bant },
    });
    expect(world.handoffs()).toMatchObject([{ status: 'closed', outcome: { type: 'qualified' } }]);
    const sql = world.aLead({ ...lead, stage: 'sql', stageAt: later });
    expect(await world.askedToTalk(asks(sql, 'e-2', later))).toBe('alerted');
    expect(world.told('RepAlerted')).toMatchObject([{ rep: 'anna', reason: 'sql' }]);
    expect(world.told('RepAlerted')[0]).not.toHaveProperty('owner');
    expect(world.handoffs()).toHaveLength(1);
  });

  it('of a customer goes to the owner before whoever dealt with it', async () => {
    const world = handoffWorld();
    const lead = world.aLead();
    await world.stageChanged(becameMql(lead));
    world.accounts.set('acme.example', { status: 'customer', owner: 'ian', openDeal: false, at: monday });
    const customer = world.aLead({ ...lead, stage: 'customer', stageAt: later });
    await world.stageChanged(movedTo(customer));
    await world.askedToTalk(asks(customer, 'e-2', later));
    expect(world.told('RepAlerted')).toMatchObject([{ rep: 'ian', owner: true }]);
  });

  it('whose route is nobody alerts the rep of a colleague', async () => {
    const routing = [{ name: 'later', to: { type: 'none' as const } }];
    const world = handoffWorld({ policy: { routing } });
    const lead = world.aLead();
    world.accounts.set('acme.example', { status: 'prospect', owner: 'jane', openDeal: false, at: monday });
    expect(await world.askedToTalk(asks(lead, 'e-1', monday))).toBe('opened');
    expect(await world.askedToTalk(asks(lead, 'e-1', monday))).toBe('unchanged');
    expect(world.told('HandoffOpened')).toMatchObject([{ none: 'later' }]);
    expect(world.told('RepAlerted')).toMatchObject([{ rep: 'jane', reason: 'later' }]);
  });

  it('whose route is nobody alerts them whichever of both facts comes first', async () => {
    const routing = [{ name: 'later', to: { type: 'none' as const } }];
    for (const firstOf of ['stage', 'ask']) {
      const world = handoffWorld({ policy: { routing } });
      const asked = { engagementId: 'e-1', kind: 'demo-requested', occurredAt: monday, receivedAt: monday };
      const lead = world.aLead({ asked });
      world.accounts.set('acme.example', { status: 'prospect', owner: 'jane', openDeal: false, at: monday });
      if (firstOf === 'stage') await world.stageChanged(becameMql(lead));
      await world.askedToTalk(asks(lead, 'e-1', monday));
      await world.stageChanged(becameMql(lead));
      expect(world.told('RepAlerted')).toMatchObject([{ rep: 'jane', reason: 'later', engagementId: 'e-1' }]);
    }
  });

  it('while the lead is about to follow a rejection alerts who rejected it', async () => {
    const world = handoffWorld();
    const lead = world.aLead();
    await world.stageChanged(becameMql(lead));
    const [handoff] = world.handoffs();
    world.moveTo(answered);
    await world.answer({ handoffId: handoff!.id, by: 'anna', answer: { type: 'reject', reason: 'no-need' } });
    expect(await world.askedToTalk(asks(lead, 'e-2', later))).toBe('alerted');
    expect(world.told('RepAlerted')).toMatchObject([{ rep: 'anna', reason: 'mql' }]);
  });

  it('after it has followed a rejection opens another, also if nobody has noted that it followed', async () => {
    const world = handoffWorld();
    await world.stageChanged(becameMql(world.aLead()));
    const [handoff] = world.handoffs();
    world.moveTo(answered);
    await world.answer({ handoffId: handoff!.id, by: 'anna', answer: { type: 'reject', reason: 'no-need' } });
    expect(world.handoffs()[0]).toHaveProperty('unconfirmed');
    const again = world.aLead({ stageAt: later });
    expect(await world.askedToTalk(asks(again, 'e-2', later))).toBe('opened');
    expect(world.told('RepAlerted')).toEqual([]);
  });

  it('but is excluded gets nothing but the service reply', async () => {
    const world = handoffWorld();
    const lead = world.aLead({ stage: 'disqualified', excluded: 'competitor' });
    expect(await world.askedToTalk(asks(lead, 'e-2', later))).toBe('unchanged');
  });

  it('and nobody knows any more changes nothing', async () => {
    const world = handoffWorld();
    const lead = world.aLead();
    world.leads.clear();
    expect(await world.askedToTalk(asks(lead, 'e-2', later))).toBe('no-such-lead');
    expect(await world.stageChanged(becameMql(lead))).toBe('no-such-lead');
  });
});

describe('an owner who is only told', () => {
  const routing = [
    { name: 'customer', when: { customer: true }, to: { type: 'owner' as const, handoff: false } },
    { name: 'rest', to: { type: 'team' as const, team: 'dach' } },
  ];
  const account = { status: 'customer', owner: 'ian', openDeal: false, at: monday } as const;

  it('has nothing to accept, also of somebody who did not ask, and hears of it once', async () => {
    const world = handoffWorld({ policy: { routing } });
    world.accounts.set('acme.example', account);
    const lead = world.aLead();
    for (const _ of [1, 2]) await world.stageChanged(becameMql(lead));
    expect(world.handoffs()).toMatchObject([
      { status: 'closed', outcome: { type: 'none', reason: 'customer' } },
    ]);
    expect(world.told('HandoffOpened')).toMatchObject([{ none: 'customer', told: 'ian' }]);
    expect(world.told('RepAlerted')).toMatchObject([
      { rep: 'ian', owner: true, reason: 'customer', engagementId: 'e-1' },
    ]);
  });

  it('is passed over where the roster does not know them', async () => {
    const world = handoffWorld({ policy: { routing } });
    world.accounts.set('acme.example', { ...account, owner: 'somebody-gone' });
    await world.stageChanged(becameMql(world.aLead()));
    expect(world.handoffs()).toMatchObject([{ status: 'open', team: 'dach' }]);
    expect(world.told('RepAlerted')).toEqual([]);
  });
});
