import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { answerHandoff } from '../../../shared/domain/handoff-answer.ts';
import { attemptsOf } from '../../../shared/domain/handoff-contact.ts';
import type { Answer } from '../../../shared/events/inbound.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aHandoff } from '../../support/handoffs.ts';
import { aRoster } from '../../support/roster.ts';

/** A Monday, 11:00 in Berlin; ten business days later it is 7 December. */
const now = '2026-11-23T10:00:00.000Z';
const tenDaysLater = '2026-12-07T10:00:00.000Z';

const staffing = (at = now, policy = defaultPolicy()) => ({
  policy,
  roster: aRoster(),
  loads: { loads: {} },
  now: at,
});
const say = (handoff: Handoff, answer: Answer, at = now) =>
  answerHandoff(handoff, { by: 'anna' }, answer, staffing(at));
const stateOf = (answered: ReturnType<typeof say>): Handoff => {
  if (answered.type !== 'done') throw new Error(JSON.stringify(answered));
  return answered.state;
};
const accepted = () => stateOf(say(aHandoff(), { type: 'accept' }));
const contact = (how: 'call' | 'email' | 'meeting' | 'auto-reply' | 'nurture'): Answer => ({
  type: 'contact',
  how,
});
/** `times` calls, a minute apart. */
const called = (times: number, handoff = accepted()): Handoff =>
  Array.from({ length: times }).reduce<Handoff>(
    (state, _, i) =>
      stateOf(say(state, contact('call'), `2026-11-23T10:${String(i).padStart(2, '0')}:00.000Z`)),
    handoff,
  );
const giveUp: Answer = { type: 'reject', reason: 'no-response' };
const refused = (reason: string) => ({ type: 'refused', reason });

describe('a contact', () => {
  it.each(['call', 'email', 'meeting'] as const)(
    'by %s ends the wait for the first one, and is told once',
    (how) => {
      const first = say(accepted(), contact(how));
      expect(first).toMatchObject({ facts: [{ type: 'HandoffContacted', how, by: 'anna' }] });
      const second = say(stateOf(first), contact('email'), '2026-11-23T11:00:00.000Z');
      expect(second).toMatchObject({ type: 'done', facts: [] });
      expect(stateOf(second)).toMatchObject({
        contactedAt: now,
        contacts: [
          { how, by: 'anna', at: now },
          { how: 'email', by: 'anna', at: '2026-11-23T11:00:00.000Z' },
        ],
      });
    },
  );

  it.each(['auto-reply', 'nurture'] as const)('by %s is logged, and stops no clock', (how) => {
    const logged = say(accepted(), contact(how));
    expect(logged).toMatchObject({ type: 'done', facts: [] });
    const state = stateOf(logged);
    expect(state.contacts).toEqual([{ how, by: 'anna', at: now }]);
    expect(state.contactedAt).toBeUndefined();
    expect(attemptsOf(state, staffing())).toEqual({ made: 0, more: 6 });
    const late = say(state, { type: 'accept' }, '2026-11-25T09:00:00.000Z');
    expect(late).toEqual({ type: 'repeated' });
    expect(say(state, contact('call'), '2026-11-25T09:00:00.000Z')).toMatchObject({
      facts: [{ type: 'HandoffBreached', deadline: 'firstContact' }, { type: 'HandoffContacted' }],
    });
  });

  it('counts only as the policy says', () => {
    const policy = defaultPolicy();
    const { contact: rule } = policy.sla;
    const calls = { ...policy, sla: { ...policy.sla, contact: { ...rule, counts: ['call' as const] } } };
    const mailed = answerHandoff(accepted(), { by: 'anna' }, contact('email'), staffing(now, calls));
    expect(stateOf(mailed).contactedAt).toBeUndefined();
  });

  it('of the same moment is the same one', () => {
    const once = stateOf(say(accepted(), contact('call')));
    expect(say(once, contact('call'))).toEqual({ type: 'repeated' });
  });

  it('is logged for an SQL, without a fact', () => {
    const known = { need: 'met', authority: 'met', budget: 'met' } as const;
    const sql = stateOf(say(accepted(), { type: 'qualify', qualification: known }));
    const called = say(sql, contact('call'));
    expect(called).toMatchObject({ type: 'done', facts: [], state: { contacts: [{ how: 'call' }] } });
  });

  it('keeps the first and the newest of many', () => {
    const { contacts = [] } = called(59);
    expect(contacts).toHaveLength(50);
    expect(contacts[0]?.at).toBe(now);
    expect(contacts.at(-1)?.at).toBe('2026-11-23T10:58:00.000Z');
  });
});

describe('giving up for want of an answer', () => {
  it('takes the attempts of the policy, over its time', () => {
    expect(say(called(5), giveUp, tenDaysLater)).toEqual(refused('attempts-needed'));
    expect(say(called(6), giveUp, '2026-12-07T09:59:59.999Z')).toEqual(refused('attempts-needed'));
    expect(attemptsOf(called(6), staffing('2026-12-01T10:00:00.000Z'))).toEqual({
      made: 6,
      more: 0,
      notBefore: tenDaysLater,
    });
    expect(stateOf(say(called(6), giveUp, tenDaysLater)).outcome).toMatchObject({ reason: 'no-response' });
  });

  it('is for whoever has taken the lead on', () => {
    expect(say(called(6, aHandoff()), giveUp, tenDaysLater)).toEqual(refused('not-in-this-stage'));
    const known = { need: 'met', authority: 'met', budget: 'met' } as const;
    const sql = stateOf(
      say(called(6), { type: 'qualify', qualification: known }, '2026-11-24T10:00:00.000Z'),
    );
    expect(say(sql, giveUp, '2026-11-25T10:00:00.000Z')).toEqual(refused('attempts-needed'));
    expect(stateOf(say(sql, giveUp, tenDaysLater)).outcome?.type).toBe('rejected');
  });
});
