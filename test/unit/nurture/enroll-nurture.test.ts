import { describe, expect, it } from 'vitest';
import type { CampaignFact } from '../../../shared/domain/campaign-starts.ts';
import { DAY, HOUR, later, MINUTE } from '../../../shared/domain/time.ts';
import { aLead, askedToTalk, becameMql, nurtureWorld, tuesday } from '../../support/nurture-world.ts';

const asked = { engagementId: 'e1', kind: 'demo-requested', occurredAt: tuesday, receivedAt: tuesday };
const base = { leadId: 'lead-1', at: tuesday };
const handoff = {
  ...base,
  handoffId: 'h1',
  route: 'self-serve',
  priority: 'normal',
  flagged: false,
} as const;
const campaigns = {
  'after-webinar': {
    stream: 'marketing',
    start: { on: 'engagement', kind: 'webinar-attended' },
    steps: [{ send: 'proof', after: '1d' }],
  },
  'on-our-own': {
    stream: 'marketing',
    start: { on: 'not-handed-off' },
    unlessIntent: true,
    reentryAfter: '30d',
    steps: [{ send: 'guide', after: '0m' }],
  },
} as const;

const enteredBy = async (fact: CampaignFact, lead = aLead(), policy = {}) => {
  const world = nurtureWorld({ lead, policy });
  return (await world.enroll(fact)).entered;
};

describe('which campaigns a fact starts', () => {
  it.each<[string, CampaignFact, ReturnType<typeof aLead>, readonly string[]]>([
    ['an MQL by points', becameMql(), aLead(), ['mql-nurture']],
    ['an MQL by asking', becameMql({ asked }), aLead({ asked }), []],
    ['another stage', becameMql({ to: 'inquiry' }), aLead({ stage: 'inquiry' }), []],
    ['an MQL that has moved on since', becameMql(), aLead({ stage: 'sal' }), []],
    ['an MQL that is excluded', becameMql(), aLead({ excluded: 'student' }), []],
    ['a request', askedToTalk(), aLead({ asked }), ['answer-request']],
    ['a request of a customer', askedToTalk(), aLead({ asked, stage: 'customer' }), ['answer-request']],
    ['a request of somebody excluded', askedToTalk(), aLead({ asked, excluded: 'x' }), ['answer-request']],
    [
      'a question of consent',
      { ...base, type: 'ConsentChanged', factId: 'a#1#0', marketing: 'requested', reason: 'double-opt-in' },
      aLead(),
      ['confirm-opt-in'],
    ],
    [
      'a consent',
      { ...base, type: 'ConsentChanged', factId: 'a#1#0', marketing: 'granted', reason: 'opt-in' },
      aLead(),
      [],
    ],
    [
      'a handoff to somebody',
      { ...handoff, type: 'HandoffOpened', factId: 'h#1#0', holder: 'rita' },
      aLead(),
      [],
    ],
  ])('%s', async (_, fact, lead, expected) => {
    expect(await enteredBy(fact, lead)).toEqual(expected);
  });

  it('nobody having it starts a series, unless its owner was told', async () => {
    const none = { ...handoff, type: 'HandoffOpened', factId: 'h#1#0', none: 'customer' } as const;
    expect(await enteredBy(none, aLead(), { campaigns })).toEqual(['on-our-own']);
    expect(await enteredBy({ ...none, told: 'ian' }, aLead(), { campaigns })).toEqual([]);
  });

  it('an engagement of a kind that a campaign names', async () => {
    const engaged = {
      ...base,
      type: 'LeadEngaged',
      factId: 'l#1#0',
      engagementId: 'e7',
      occurredAt: tuesday,
    } as const;
    expect(await enteredBy({ ...engaged, kind: 'webinar-attended' }, aLead(), { campaigns })).toEqual([
      'after-webinar',
    ]);
    expect(await enteredBy({ ...engaged, kind: 'page-viewed' }, aLead(), { campaigns })).toEqual([]);
  });

  it('a handoff to nobody, unless the lead asked', async () => {
    const none = { ...handoff, type: 'HandoffOpened', factId: 'h#1#0', none: 'self-serve' } as const;
    expect(await enteredBy(none, aLead(), { campaigns })).toEqual(['on-our-own']);
    expect(await enteredBy(none, aLead({ asked }), { campaigns })).toEqual([]);
  });

  it('an old fact as well as a new one', async () => {
    expect(await enteredBy(askedToTalk({ at: later(tuesday, -10 * DAY) }))).toEqual(['answer-request']);
  });
});

describe('entering', () => {
  it('happens once for a fact, however often it comes', async () => {
    const world = nurtureWorld();
    await world.enroll(becameMql());
    expect(await world.enroll(becameMql())).toEqual({ entered: [], left: [] });
    expect(world.facts('NurtureEnrolled')).toMatchObject([{ campaign: 'mql-nurture', leadId: 'lead-1' }]);
    expect(world.dueAt(world.enrolments()[0]!.id)).toBe(later(tuesday, HOUR));
  });

  it('happens once when the same fact is worked on twice at the same time', async () => {
    const world = nurtureWorld();
    await Promise.all([world.enroll(becameMql()), world.enroll(becameMql())]);
    expect(world.enrolments()).toHaveLength(1);
    expect(world.facts('NurtureEnrolled')).toHaveLength(1);
  });

  it('again only after the campaign allows it', async () => {
    const world = nurtureWorld();
    await world.enroll(askedToTalk());
    world.wait(20 * MINUTE);
    await world.tick();
    expect(await world.enroll(askedToTalk({ factId: 'f2', engagementId: 'e2' }))).toMatchObject({
      entered: [],
    });
    world.wait(24 * HOUR);
    expect(await world.enroll(askedToTalk({ factId: 'f3', engagementId: 'e3' }))).toMatchObject({
      entered: ['answer-request'],
    });
    // The first fact comes once more, long after.
    world.wait(48 * HOUR);
    await world.tick();
    expect(await world.enroll(askedToTalk())).toMatchObject({ entered: [] });
    expect(world.enrolments()).toHaveLength(2);
  });

  it('never again where the campaign says nothing of it', async () => {
    const world = nurtureWorld({ lead: aLead({ profile: {} }) });
    await world.enroll(becameMql());
    await world.runUntil(later(tuesday, 60 * DAY));
    expect(await world.enroll(becameMql({ factId: 'f9' }))).toMatchObject({ entered: [] });
  });
});

describe('leaving', () => {
  it('follows what the lead is now, and not what the fact says', async () => {
    const world = nurtureWorld();
    await world.enroll(becameMql());
    expect(await world.enroll(becameMql({ factId: 'f2', to: 'sal' }))).toMatchObject({ left: [] });
    world.leads.set('lead-1', aLead({ stage: 'sal' }));
    expect(await world.enroll(becameMql())).toMatchObject({ left: ['mql-nurture'] });
    expect(world.facts('NurtureExited')).toMatchObject([{ reason: 'stage:sal', campaign: 'mql-nurture' }]);
    expect(world.dueAt(world.enrolments()[0]!.id)).toBeUndefined();
    expect(await world.enroll(becameMql())).toEqual({ entered: [], left: [] });
  });

  it('when a rep has got in touch', async () => {
    const world = nurtureWorld();
    await world.enroll(becameMql());
    const contacted = {
      ...base,
      type: 'HandoffContacted',
      factId: 'h#2#0',
      handoffId: 'h1',
      by: 'rita',
      how: 'call',
    } as const;
    expect(await world.enroll({ ...contacted, at: later(tuesday, -1) })).toMatchObject({ left: [] });
    expect(await world.enroll(contacted)).toMatchObject({ left: ['mql-nurture'] });
    expect(world.facts('NurtureExited')).toMatchObject([{ reason: 'contacted' }]);
  });

  it('when the lead asks to talk: it is answered, not nurtured', async () => {
    const world = nurtureWorld();
    await world.enroll(becameMql());
    world.leads.set('lead-1', aLead({ asked }));
    expect(await world.enroll(askedToTalk())).toEqual({ entered: ['answer-request'], left: ['mql-nurture'] });
  });

  it('when the lead is no more', async () => {
    const world = nurtureWorld();
    await world.enroll(becameMql());
    world.leads.clear();
    expect(await world.enroll(becameMql({ factId: 'f2' }))).toEqual({ entered: [], left: ['mql-nurture'] });
  });
});
