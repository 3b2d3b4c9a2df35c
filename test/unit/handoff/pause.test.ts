import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { answerHandoff } from '../../../shared/domain/handoff-answer.ts';
import { pauseEnds } from '../../../shared/domain/handoff-pause.ts';
import type { Staffing } from '../../../shared/domain/handoff-reassign.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aHandoff } from '../../support/handoffs.ts';
import { aRoster } from '../../support/roster.ts';

/** An hour after the MQL, 11:00 in Berlin; it opens at nine and closes at six. */
const now = '2026-11-23T10:00:00.000Z';
const until = '2026-11-25T10:00:00.000Z';

const staffing = (at = now, policy = defaultPolicy()): Staffing => ({
  policy,
  roster: aRoster(),
  loads: { loads: {} },
  now: at,
});
const say = (handoff: Handoff, answer: Parameters<typeof answerHandoff>[2], context = staffing()) =>
  answerHandoff(handoff, { by: 'anna' }, answer, context);
const accepted = (): Handoff => {
  const answer = say(aHandoff(), { type: 'accept' });
  if (answer.type !== 'done') throw new Error('not accepted');
  return answer.state;
};
const pause = (handoff: Handoff, over: { until?: string; reason?: string } = {}, context = staffing()) =>
  say(handoff, { type: 'pause', until, reason: 'On holiday until Wednesday', ...over }, context);
const refused = (reason: string) => ({ type: 'refused', reason });

describe('a pause', () => {
  it('puts off what is to come by as much, and keeps its reason out of the fact', () => {
    const before = accepted();
    const paused = pause(before);
    if (paused.type !== 'done') throw new Error(paused.type);
    const { state, facts } = paused;
    expect(state.paused).toEqual({ from: now, until, by: 'anna', reason: 'On holiday until Wednesday' });
    expect(before.plan.firstContact?.dueAt).toBe('2026-11-25T09:00:00.000Z');
    // Two working days later, at the same time.
    expect(state.plan.firstContact?.dueAt).toBe('2026-11-27T09:00:00.000Z');
    expect(before.plan.qualify?.dueAt).toBe('2026-12-07T10:00:00.000Z');
    expect(state.plan.qualify?.dueAt).toBe('2026-12-09T10:00:00.000Z');
    expect(state.plan.accept).toEqual(before.plan.accept);
    for (const name of ['firstContact', 'qualify'] as const)
      for (const { at } of state.plan[name]?.tiers ?? []) expect(at > until || at <= now).toBe(true);
    expect(facts).toEqual([
      { type: 'HandoffPaused', leadId: 'lead-1', handoffId: 'h-1', at: now, by: 'anna', until },
    ]);
  });

  it('is for those who have accepted, once, with a reason, within the bounds of the policy', () => {
    expect(pause(aHandoff())).toEqual(refused('not-accepted'));
    expect(pause(accepted(), { reason: ' ' })).toEqual(refused('note-needed'));
    expect(pause(accepted(), { until: '2026-11-30T10:00:00.001Z' })).toEqual(refused('pause-too-long'));
    expect(pause(accepted(), { until: now })).toEqual(refused('pause-too-long'));
    const { sla, ...policy } = defaultPolicy();
    const { pause: _, ...without } = sla;
    expect(pause(accepted(), {}, staffing(now, { ...policy, sla: without }))).toEqual(
      refused('pause-too-long'),
    );
    const paused = pause(accepted());
    if (paused.type !== 'done') throw new Error(paused.type);
    expect(pause(paused.state)).toEqual({ type: 'repeated' });
    expect(pause(paused.state, { until: '2026-11-26T10:00:00.000Z' })).toEqual(refused('paused-before'));
    expect(pauseEnds(paused.state, staffing())).toEqual([]);
    expect(pauseEnds(aHandoff(), staffing())).toEqual([]);
  });

  it('undoes no breach: a deadline that has passed is told and stays where it was', () => {
    const late = staffing('2026-11-25T10:00:00.000Z');
    const paused = pause(accepted(), { until: '2026-11-26T10:00:00.000Z' }, late);
    if (paused.type !== 'done') throw new Error(paused.type);
    expect(paused.facts.map(({ type }) => type)).toEqual(['HandoffBreached', 'HandoffPaused']);
    expect(paused.state.plan.firstContact).toEqual(accepted().plan.firstContact);
    expect(paused.state.plan.qualify?.dueAt).toBe('2026-12-08T10:00:00.000Z');
  });

  it('offers times all of which can be had', () => {
    const ends = pauseEnds(accepted(), staffing());
    expect(ends).toEqual([
      '2026-11-24T10:00:00.000Z',
      '2026-11-25T10:00:00.000Z',
      '2026-11-30T10:00:00.000Z',
    ]);
    for (const end of ends) expect(pause(accepted(), { until: end }).type).toBe('done');
  });
});
