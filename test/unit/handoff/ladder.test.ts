import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { answerHandoff } from '../../../shared/domain/handoff-answer.ts';
import { withdraw } from '../../../shared/domain/handoff-close.ts';
import { climb } from '../../../shared/domain/handoff-ladder.ts';
import { replanHot } from '../../../shared/domain/handoff-replan.ts';
import { nextDueOf } from '../../../shared/domain/handoff-tiers.ts';
import type { Fact } from '../../../shared/events/facts.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aHandoff, askedAt, monday } from '../../support/handoffs.ts';
import { aRoster } from '../../support/roster.ts';

const policy = defaultPolicy();
const z = (text: string) => new Date(text).toISOString();
const staffing = (now: string, roster = aRoster()) => ({ policy, roster, loads: { loads: {} }, now: z(now) });
const told = (facts: readonly Fact[]) =>
  facts.map(
    (fact) =>
      `${fact.type}${'tier' in fact ? ` ${fact.tier}` : ''}${'holder' in fact ? ` ${fact.holder}` : ''}`,
  );

/** Ticks at each due time until `until`: what was told when. */
const watch = (handoff: Handoff, until: string) => {
  const story: [string, string][] = [];
  let state = handoff;
  for (let due = nextDueOf(state); due !== undefined && due <= z(until); due = nextDueOf(state)) {
    const decision = climb(state, staffing(due));
    expect(decision.state).not.toBe(state);
    state = decision.state;
    for (const text of told(decision.facts)) story.push([due, text]);
  }
  return { state, story };
};

const hot = () => aHandoff({ opening: askedAt(monday) });

describe('a normal handoff that nobody answers', () => {
  it('is reminded of, breached, escalated, and pulled back', () => {
    const { state, story } = watch(aHandoff(), '2027-01-01T00:00Z');
    expect(story).toEqual([
      [z('2026-11-23T14:15+01:00'), 'HandoffReminded remind-50 anna'],
      [z('2026-11-23T16:48+01:00'), 'HandoffReminded remind-80 anna'],
      [z('2026-11-24T10:00+01:00'), 'HandoffBreached anna'],
      [z('2026-11-25T10:00+01:00'), 'HandoffEscalated anna'],
      [z('2026-11-25T10:00+01:00'), 'HandoffBreached anna'],
      [z('2026-12-01T10:00+01:00'), 'HandoffPulledBack anna'],
    ]);
    expect(state).toMatchObject({ status: 'closed', outcome: { type: 'pulled-back', reason: 'unworked' } });
    expect(state.breachedAt).toEqual({
      accept: z('2026-11-24T10:00+01:00'),
      firstContact: z('2026-11-25T10:00+01:00'),
    });
  });

  it('tells all of it at once after an outage, once', () => {
    const first = climb(aHandoff(), staffing('2026-11-26T10:00+01:00'));
    expect(told(first.facts)).toEqual([
      'HandoffReminded remind-50 anna',
      'HandoffReminded remind-80 anna',
      'HandoffBreached anna',
      'HandoffEscalated anna',
      'HandoffBreached anna',
    ]);
    const again = climb(first.state, staffing('2026-11-26T10:01+01:00'));
    expect(again).toEqual({ state: first.state, facts: [] });
  });
});

describe('a hot handoff that nobody answers', () => {
  it('is given on twice, then to the manager, who keeps it because somebody asked', () => {
    const { state, story } = watch(hot(), '2027-01-01T00:00Z');
    expect(story).toEqual([
      [z('2026-11-23T10:24+01:00'), 'HandoffReminded remind-80 anna'],
      [z('2026-11-23T10:30+01:00'), 'HandoffBreached anna'],
      [z('2026-11-23T10:45+01:00'), 'HandoffReassigned ben'],
      [z('2026-11-23T11:00+01:00'), 'HandoffEscalated ben'],
      [z('2026-11-23T11:00+01:00'), 'HandoffBreached ben'],
      [z('2026-11-23T11:09+01:00'), 'HandoffReminded remind-80 ben'],
      [z('2026-11-23T11:15+01:00'), 'HandoffReassigned carla'],
      [z('2026-11-23T11:39+01:00'), 'HandoffReminded remind-80 carla'],
      [z('2026-11-23T11:45+01:00'), 'HandoffReassigned manager-dach'],
      [z('2026-11-23T12:09+01:00'), 'HandoffReminded remind-80 manager-dach'],
    ]);
    expect(state).toMatchObject({
      status: 'open',
      holder: 'manager-dach',
      manager: 'head-of-sales',
      assignment: 4,
      previousHolders: ['anna', 'ben', 'carla'],
    });
    expect(state.plan.accept?.dueAt).toBe(z('2026-11-23T10:30+01:00'));
    expect(nextDueOf(state)).toBeUndefined();
  });

  it('is only reassigned as often as the policy says', () => {
    const roster = aRoster();
    const [first, ...teams] = roster.teams;
    const many = {
      ...roster,
      teams: [{ ...first!, members: ['anna', 'ben', 'carla', 'ian', 'jane', 'eve'] }, ...teams],
    };
    let state = hot();
    for (let due = nextDueOf(state); due !== undefined; due = nextDueOf(state))
      state = climb(state, staffing(due, many)).state;
    expect(state).toMatchObject({ holder: 'manager-dach', assignment: 4 });
  });

  it('gives the next one at least the time of a hot handoff', () => {
    const { state, facts } = climb(hot(), staffing('2026-11-23T10:50+01:00'));
    expect(state.answerBy).toBe(z('2026-11-23T11:20+01:00'));
    expect(facts.at(-1)).toMatchObject({ type: 'HandoffReassigned', from: 'anna', dueAt: state.answerBy });
  });
});

describe('an answer', () => {
  const accept = (handoff: Handoff, now: string) =>
    answerHandoff(handoff, { by: 'anna', assignment: 1 }, { type: 'accept' }, staffing(now));

  it('ends the ladder, and what is left are first contact and qualify', () => {
    const answered = accept(aHandoff(), '2026-11-23T11:00+01:00');
    if (answered.type !== 'done') throw new Error(answered.type);
    const { story } = watch(answered.state, '2027-01-01T00:00Z');
    expect(story).toEqual([
      [z('2026-11-24T10:00+01:00'), 'HandoffReminded remind-50 anna'],
      [z('2026-11-24T15:06+01:00'), 'HandoffReminded remind-80 anna'],
      [z('2026-11-25T10:00+01:00'), 'HandoffBreached anna'],
      [z('2026-11-30T11:00+01:00'), 'HandoffReminded remind-50 anna'],
      [z('2026-12-03T11:00+01:00'), 'HandoffReminded remind-80 anna'],
      [z('2026-12-07T11:00+01:00'), 'HandoffBreached anna'],
    ]);
  });

  it.each([
    ['a moment before the deadline', '2026-11-24T09:59:59.999+01:00', ['HandoffAccepted'], false],
    ['at the deadline', '2026-11-24T10:00+01:00', ['HandoffBreached anna', 'HandoffAccepted'], true],
  ])('%s, where no tick came', (_, now, facts, late) => {
    const answered = accept(aHandoff(), now);
    if (answered.type !== 'done') throw new Error(answered.type);
    expect(told(answered.facts)).toEqual(facts);
    expect(answered.facts.at(-1)).toMatchObject({ late });
  });

  it('restarts no deadline that counts from the inquiry', () => {
    const answered = accept(hot(), '2026-11-23T10:20+01:00');
    if (answered.type !== 'done') throw new Error(answered.type);
    expect(answered.state.plan.firstContact?.dueAt).toBe(z('2026-11-23T11:00+01:00'));
    expect(answered.state.plan.qualify?.dueAt).toBe(z('2026-11-30T10:20+01:00'));
  });

  it('that the lead withdraws is late too, if the deadline had passed', () => {
    expect(told(withdraw(aHandoff(), 'lost', z('2026-11-24T12:00+01:00')).facts)).toEqual([
      'HandoffBreached anna',
      'HandoffWithdrawn',
    ]);
    expect(told(withdraw(aHandoff(), 'lost', z('2026-11-23T12:00+01:00')).facts)).toEqual([
      'HandoffWithdrawn',
    ]);
  });
});

describe('asking again', () => {
  const ask = (at: string, receivedAt = at) => ({
    engagementId: 'e-2',
    kind: 'quote-requested',
    occurredAt: z(at),
    receivedAt: z(receivedAt),
  });

  it('makes a normal handoff hot from then on', () => {
    const at = '2026-11-23T12:00+01:00';
    const { state, facts } = replanHot(aHandoff(), ask(at), z(at), staffing(at));
    expect(state).toMatchObject({ priority: 'hot', asked: { engagementId: 'e-2' } });
    expect(facts).toEqual([
      expect.objectContaining({
        type: 'HandoffReplanned',
        priority: 'hot',
        acceptBy: z('2026-11-23T12:30+01:00'),
      }),
    ]);
    expect(state.plan.firstContact?.dueAt).toBe(z('2026-11-23T13:00+01:00'));
    expect(watch(state, '2026-11-23T12:50+01:00').story.map(([, text]) => text)).toEqual([
      'HandoffReminded remind-80 anna',
      'HandoffBreached anna',
      'HandoffReassigned ben',
    ]);
  });

  it('never makes a deadline later', () => {
    const at = '2026-11-24T09:50+01:00';
    const { state } = replanHot(aHandoff(), ask(at), z(at), staffing(at));
    expect(state.plan.accept?.dueAt).toBe(z('2026-11-24T10:00+01:00'));
    expect(nextDueOf(state)! <= z('2026-11-24T10:00+01:00')).toBe(true);
  });

  it('takes nothing away from the manager', () => {
    // Old when it came, so normal; nobody answered, so the manager holds it in the end.
    let held = aHandoff({ opening: askedAt('2026-11-20T09:00:00.000Z', monday) });
    for (let due = nextDueOf(held); held.holder === 'anna' && due !== undefined; due = nextDueOf(held))
      held = climb(held, staffing(due)).state;
    expect(held).toMatchObject({ priority: 'normal', holder: 'manager-dach', assignment: 2 });
    const at = '2026-12-01T11:00+01:00';
    const { state } = replanHot(held, ask(at), z(at), staffing(at));
    expect(state.priority).toBe('hot');
    expect(watch(state, '2027-01-01T00:00Z').state).toMatchObject({ holder: 'manager-dach', assignment: 2 });
  });

  it('takes nothing away from the next manager, who took it', () => {
    const team = aRoster().teams.find(({ name }) => name === 'dach')!;
    const held = aHandoff({}, { holder: team.nextManager });
    const at = '2026-11-23T10:10+01:00';
    const { state } = replanHot(held, ask(at), z(at), staffing(at));
    expect(state.plan.accept?.tiers.map((tier) => tier.do)).not.toContain('reassign');
  });

  it('changes nothing where it is hot already, or where the inquiry was old', () => {
    const at = '2026-11-23T10:10+01:00';
    const before = hot();
    expect(replanHot(before, ask(at), z(at), staffing(at))).toEqual({ state: before, facts: [] });
    const old = replanHot(aHandoff(), ask('2026-11-20T10:00+01:00', at), z(at), staffing(at));
    expect(old.facts).toEqual([]);
    expect(old.state).toMatchObject({ priority: 'normal', asked: { engagementId: 'e-2' } });
  });
});
