import { describe, expect, it } from 'vitest';
import type { Answered } from '../../../shared/domain/answered.ts';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { answerHandoff } from '../../../shared/domain/handoff-answer.ts';
import type { Answer } from '../../../shared/events/inbound.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aHandoff } from '../../support/handoffs.ts';
import { aRoster } from '../../support/roster.ts';

const now = '2026-11-23T10:00:00.000Z';
const staffing = { policy: defaultPolicy(), roster: aRoster(), loads: { loads: {} }, now };
const anna = { by: 'anna', assignment: 1 };
const say = (handoff: Handoff, answer: Answer, answerer: { by: string; assignment?: number } = anna) =>
  answerHandoff(handoff, answerer, answer, staffing);
const stateOf = (answered: Answered): Handoff => {
  if (answered.type !== 'done') throw new Error(JSON.stringify(answered));
  return answered.state;
};
const accepted = () => stateOf(say(aHandoff(), { type: 'accept' }));

describe('accepting', () => {
  it('needs one tap: where the lead lives is known from its country', () => {
    expect(accepted()).toMatchObject({
      status: 'accepted',
      acceptedAt: now,
      qualification: { location: { judgement: 'met', by: 'baton' } },
    });
  });

  it('moves no deadline that is running, whatever the policy says by now', () => {
    const before = aHandoff();
    const { sla } = staffing.policy;
    const policy = { ...staffing.policy, sla: { ...sla, normal: sla.hot } };
    const answered = answerHandoff(before, anna, { type: 'accept' }, { ...staffing, policy });
    expect(stateOf(answered).plan).toMatchObject(before.plan);
    expect(stateOf(answered).plan.qualify).toBeDefined();
  });

  it('may be done by the manager, or by the holder in the CRM', () => {
    expect(say(aHandoff(), { type: 'accept' }, { by: 'manager-dach' }).type).toBe('done');
    expect(say(aHandoff(), { type: 'accept' }, { by: 'anna' }).type).toBe('done');
    expect(say(aHandoff(), { type: 'accept' }, { by: 'ian' })).toEqual({
      type: 'refused',
      reason: 'not-holder',
    });
  });
});

describe('rejecting', () => {
  it.each<[string, Answer, unknown]>([
    ['a reason that the policy does not have', { type: 'reject', reason: 'mood' }, 'unknown-reason'],
    ['no date where one is asked for', { type: 'reject', reason: 'bad-timing' }, 'until-needed'],
    ['a date that has passed', { type: 'reject', reason: 'bad-timing', until: now }, 'until-needed'],
    ['no note where one is asked for', { type: 'reject', reason: 'other', note: ' ' }, 'note-needed'],
  ])('refuses %s', (_, answer, reason) => {
    expect(say(aHandoff(), answer)).toEqual({ type: 'refused', reason });
  });

  it('closes with the reason, the date and the note', () => {
    const until = '2027-03-03T00:00:00.000Z';
    const answered = say(aHandoff(), { type: 'reject', reason: 'bad-timing', until, note: 'after the fair' });
    expect(stateOf(answered)).toMatchObject({
      status: 'closed',
      outcome: { type: 'rejected', reason: 'bad-timing', by: 'anna', at: now, until, note: 'after the fair' },
    });
    expect(answered).toMatchObject({ facts: [{ type: 'HandoffRejected', reason: 'bad-timing', until }] });
    expect(JSON.stringify(answered.type === 'done' && answered.facts)).not.toContain('fair');
  });

  it('is possible after accepting', () => {
    expect(stateOf(say(accepted(), { type: 'reject', reason: 'no-need' })).outcome?.type).toBe('rejected');
  });

  it('as misrouted gives it to a colleague, with the clock running', () => {
    const before = aHandoff();
    const answered = say(before, { type: 'reject', reason: 'misrouted' });
    expect(stateOf(answered)).toMatchObject({ status: 'open', holder: 'ben', assignment: 2 });
    expect(stateOf(answered).plan.accept?.dueAt).toBe(before.plan.accept?.dueAt);
    expect(stateOf(answered).answerBy).toBe(before.plan.accept?.dueAt);
    expect(answered).toMatchObject({
      facts: [{ type: 'HandoffReassigned', from: 'anna', reason: 'misrouted' }],
    });
    expect(say(accepted(), { type: 'reject', reason: 'misrouted' })).toEqual({
      type: 'refused',
      reason: 'accepted',
    });
  });
});

describe('saying it again', () => {
  it.each<[string, Answer]>([
    ['accept', { type: 'accept' }],
    ['reject', { type: 'reject', reason: 'no-need' }],
  ])('%s changes nothing', (_, answer) => {
    expect(say(stateOf(say(aHandoff(), answer)), answer)).toEqual({ type: 'repeated' });
  });

  it('differently is refused once it is over', () => {
    const rejected = stateOf(say(aHandoff(), { type: 'reject', reason: 'no-need' }));
    expect(say(rejected, { type: 'accept' })).toEqual({ type: 'refused', reason: 'closed' });
    expect(say(rejected, { type: 'reject', reason: 'no-budget' })).toEqual({
      type: 'refused',
      reason: 'closed',
    });
  });

  it('too late, by who held it before, is refused whatever it is', () => {
    const moved = stateOf(say(aHandoff(), { type: 'reject', reason: 'misrouted' }));
    for (const answerer of [anna, { by: 'anna' }])
      expect(say(moved, { type: 'accept' }, answerer)).toEqual({ type: 'refused', reason: 'reassigned' });
    const back = { ...moved, previousHolders: ['manager-dach'] };
    expect(say(back, { type: 'accept' }, { by: 'manager-dach', assignment: 1 })).toEqual({
      type: 'refused',
      reason: 'reassigned',
    });
    const accepted = stateOf(say(moved, { type: 'accept' }, { by: 'ben', assignment: 2 }));
    expect(say(accepted, { type: 'accept' }, anna)).toEqual({ type: 'refused', reason: 'reassigned' });
  });
});
