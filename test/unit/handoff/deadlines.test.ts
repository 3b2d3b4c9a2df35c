import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../../shared/domain/deadline-plan.ts';
import { nextDueOf } from '../../../shared/domain/handoff-tiers.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aHandoff, askedAt, monday, openedHandoff } from '../../support/handoffs.ts';
import { aRoster } from '../../support/roster.ts';

const z = (text: string) => new Date(text).toISOString();
const { sla, calendars } = defaultPolicy();
const planOf = (priority: 'normal' | 'hot', mql: string, inquiry?: string) =>
  resolvePlan(
    { sla, priority, calendar: calendars.dach! },
    { mql: z(mql), ...(inquiry === undefined ? {} : { inquiry: z(inquiry) }) },
  );
const timesOf = (tiers: readonly { name: string; at: string }[] = []) =>
  Object.fromEntries(tiers.map(({ name, at }) => [name, at]));

describe('the plan of deadlines', () => {
  it('gives a normal handoff one working day from the MQL', () => {
    const { accept, firstContact, qualify } = planOf('normal', '2026-11-23T16:42+01:00');
    expect(accept?.dueAt).toBe(z('2026-11-24T16:42+01:00'));
    expect(firstContact?.dueAt).toBe(z('2026-11-25T16:42+01:00'));
    expect(qualify).toBeUndefined();
    expect(timesOf(accept?.tiers)).toEqual({
      'remind-50': z('2026-11-24T12:27+01:00'),
      'remind-80': z('2026-11-24T15:00+01:00'),
      breach: z('2026-11-24T16:42+01:00'),
      escalate: z('2026-11-25T16:42+01:00'),
      'pull-back': z('2026-12-01T16:42+01:00'),
    });
  });

  it('gives a hot one half an open hour, and its reassignment and escalation after it', () => {
    const { accept, firstContact } = planOf('hot', '2026-11-23T17:15+01:00', '2026-11-23T17:10+01:00');
    expect(timesOf(accept?.tiers)).toEqual({
      'remind-80': z('2026-11-24T09:09+01:00'),
      breach: z('2026-11-24T09:15+01:00'),
      reassign: z('2026-11-24T09:30+01:00'),
      escalate: z('2026-11-24T09:45+01:00'),
      'pull-back': z('2026-12-01T09:15+01:00'),
    });
    // From the inquiry, not from the MQL; nothing but reminders and breach.
    expect(firstContact?.dueAt).toBe(z('2026-11-24T09:40+01:00'));
    expect(firstContact?.tiers.map((tier) => tier.do)).toEqual(['remind', 'breach']);
  });

  it('counts by the clock where the policy does', () => {
    const day = { type: 'clock', ms: 24 * 3_600_000 } as const;
    const plan = resolvePlan(
      {
        sla: { ...sla, normal: { ...sla.normal, accept: { within: day, from: 'mql' } } },
        priority: 'normal',
        calendar: calendars.dach!,
      },
      { mql: z('2026-11-27T17:00+01:00') },
    );
    expect(plan.accept?.dueAt).toBe(z('2026-11-28T17:00+01:00'));
    expect(timesOf(plan.accept?.tiers)['remind-50']).toBe(z('2026-11-28T05:00+01:00'));
    expect(timesOf(plan.accept?.tiers).escalate).toBe(z('2026-11-29T17:00+01:00'));
  });
});

describe('opening', () => {
  it('counts from the MQL, however late it opens: an outage shows as lateness', () => {
    const { state } = openedHandoff({ now: z('2026-11-25T10:00+01:00') });
    expect(state.plan.accept?.dueAt).toBe(z('2026-11-24T10:00+01:00'));
    expect(nextDueOf(state)! < state.openedAt).toBe(true);
  });

  it('takes an inquiry that was old when it came as a normal one', () => {
    expect(aHandoff({ opening: askedAt(monday) }).priority).toBe('hot');
    expect(aHandoff({ opening: askedAt('2026-11-22T08:59:00.000Z', monday) }).priority).toBe('normal');
    expect(aHandoff({ opening: askedAt('2026-11-22T09:00:00.000Z', monday) }).priority).toBe('hot');
  });

  it("uses the holder's calendar, else the team's", () => {
    const team = aRoster();
    const roster = { ...team, people: team.people.map((p) => ({ ...p, calendar: 'uk' })) };
    expect(aHandoff({ roster, opening: askedAt(z('2026-11-23T09:00+01:00')) }).plan.accept?.dueAt).toBe(
      z('2026-11-23T09:30+00:00'),
    );
  });

  it('records why nobody is to have it', () => {
    const { state, facts } = openedHandoff({ target: { type: 'none', route: 'self-serve' } });
    expect(state).toMatchObject({ status: 'closed', outcome: { type: 'none', reason: 'self-serve' } });
    expect(facts).toEqual([expect.objectContaining({ type: 'HandoffOpened', none: 'self-serve' })]);
    expect(facts[0]).not.toHaveProperty('holder');
    expect(nextDueOf(state)).toBeUndefined();
  });
});
