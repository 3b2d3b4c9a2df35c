import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { climb } from '../../../shared/domain/handoff-ladder.ts';
import {
  colleaguesFor,
  type ManagerAction,
  manageHandoff,
  timesFor,
} from '../../../shared/domain/handoff-manage.ts';
import type { Staffing } from '../../../shared/domain/handoff-reassign.ts';
import { tiersDue } from '../../../shared/domain/handoff-tiers.ts';
import { durationSchema } from '../../../shared/policy/duration.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aHandoff, askedAt, monday } from '../../support/handoffs.ts';
import { aRoster } from '../../support/roster.ts';

/** An hour after the deadline of a handoff that was opened on Monday. */
const late = '2026-11-24T10:00:00.000Z';
const staffing = (now = late, over: Partial<Staffing> = {}): Staffing => ({
  policy: defaultPolicy(),
  roster: aRoster(),
  loads: { loads: { anna: 1 } },
  now,
  ...over,
});

/** As its manager hears of it: breached. */
const lateHandoff = (over: Parameters<typeof aHandoff>[0] = {}): Handoff =>
  climb(aHandoff(over), staffing()).state;

const manage = (
  handoff: Handoff,
  action: ManagerAction,
  {
    by = 'manager-dach',
    assignment = handoff.assignment,
    ...over
  }: Partial<Staffing> & { by?: string; assignment?: number } = {},
  now = late,
) => manageHandoff(handoff, { by, assignment }, action, staffing(now, over));

const done = (...args: Parameters<typeof manage>) => {
  const managed = manage(...args);
  if (managed.type !== 'done') throw new Error(JSON.stringify(managed));
  return managed;
};

const lastTiers = ({ plan }: Handoff) =>
  Object.fromEntries((plan.accept?.tiers ?? []).map(({ do: act, at }) => [act, at]));

describe('giving it to somebody', () => {
  it('begins a new assignment with at least the time of a hot one, late since the first deadline', () => {
    const handoff = lateHandoff();
    const { state, facts } = done(handoff, { type: 'give', to: 'carla' });
    expect(state).toMatchObject({
      holder: 'carla',
      assignment: 2,
      previousHolders: ['anna'],
      answerBy: '2026-11-24T10:30:00.000Z',
      breachedAt: { accept: '2026-11-24T09:00:00.000Z' },
      manager: 'manager-dach',
      flagged: false,
    });
    expect(state.plan.accept?.dueAt).toBe(handoff.plan.accept?.dueAt);
    expect(lastTiers(state).escalate).toBe(lastTiers(handoff).escalate);
    expect(facts).toEqual([
      expect.objectContaining({
        type: 'HandoffReassigned',
        from: 'anna',
        holder: 'carla',
        assignment: 2,
        reason: 'manager',
      }),
    ]);
  });

  it('is to reps of the team only', () => {
    for (const to of ['ian', 'manager-dach', 'nobody'])
      expect(manage(lateHandoff(), { type: 'give', to })).toEqual({
        type: 'refused',
        reason: 'no-colleague',
      });
  });

  it('offers all others, those with room first', () => {
    const roster = aRoster({ ben: { away: [{ from: monday, until: '2026-11-30T09:00:00.000Z' }] } });
    const found = colleaguesFor(lateHandoff(), staffing(late, { roster }));
    expect(found.map(({ person, away, full }) => [person.id, away, full])).toEqual([
      ['carla', false, false],
      ['ben', true, false],
    ]);
    const full = colleaguesFor(lateHandoff(), staffing(late, { loads: { loads: { ben: 15, carla: 3 } } }));
    expect(full.map(({ person }) => person.id)).toEqual(['carla', 'ben']);
  });
});

describe('taking it', () => {
  it.each([
    ['manager-dach', 'head-of-sales', 'head-of-sales'],
    ['head-of-sales', 'manager-dach', 'manager-dach'],
  ])(
    'makes %s its holder, whom nobody takes it from, and tells others when it is late',
    (by, manager, next) => {
      const hot = climb(aHandoff({ opening: askedAt(monday) }), staffing('2026-11-23T09:31:00.000Z')).state;
      const { state } = done(hot, { type: 'take' }, { by }, '2026-11-23T09:31:00.000Z');
      expect(state).toMatchObject({ holder: by, manager, nextManager: next, assignment: 2 });
      expect(lastTiers(state)).not.toHaveProperty('reassign');
    },
  );
});

describe('giving more time', () => {
  const until = '2026-11-25T10:00:00.000Z';

  it('moves what follows and nothing else', () => {
    const handoff = lateHandoff();
    const { state, facts } = done(handoff, { type: 'give-until', until });
    expect(state).toMatchObject({
      holder: 'anna',
      assignment: 1,
      answerBy: until,
      breachedAt: { accept: '2026-11-24T09:00:00.000Z' },
    });
    expect(state.plan.accept?.dueAt).toBe(handoff.plan.accept?.dueAt);
    const [before, after] = [lastTiers(handoff), lastTiers(state)];
    expect(after.breach).toBe(before.breach);
    expect(before.escalate).toBe('2026-11-25T09:00:00.000Z');
    // A business day after the answer was due, as before.
    expect(after.escalate).toBe('2026-11-26T10:00:00.000Z');
    expect(after['pull-back']! > before['pull-back']!).toBe(true);
    expect(
      tiersDue(state, '2026-11-26T09:59:00.000Z').filter(({ deadline }) => deadline === 'accept'),
    ).toEqual([]);
    expect(facts).toEqual([
      {
        type: 'HandoffGivenUntil',
        leadId: 'lead-1',
        handoffId: 'h-1',
        at: late,
        holder: 'anna',
        assignment: 1,
        by: 'manager-dach',
        until,
      },
    ]);
  });

  it('makes nothing earlier that runs by the clock', () => {
    // Due on Friday at six, the next step on Saturday: closed in between.
    const [dueAt, saturday] = ['2026-11-27T17:00:00.000Z', '2026-11-28T09:00:00.000Z'];
    const tiers = [{ name: 'escalate', do: 'escalate', at: saturday }] as const;
    const handoff = aHandoff({}, { plan: { accept: { dueAt, tiers: [...tiers] } } });
    const action = { type: 'give-until', until: '2026-11-27T18:00:00.000Z' } as const;
    expect(lastTiers(done(handoff, action, {}, '2026-11-27T17:30:00.000Z').state)).toEqual({
      escalate: saturday,
    });
  });

  it('is done once for each holder', () => {
    const { state } = done(lateHandoff(), { type: 'give-until', until });
    expect(manage(state, { type: 'give-until', until })).toEqual({ type: 'repeated' });
    const more = { type: 'give-until', until: '2026-11-25T12:00:00.000Z' } as const;
    expect(manage(state, more)).toEqual({ type: 'refused', reason: 'given-before' });
    expect(timesFor(state, staffing())).toEqual([]);
    const given = done(state, { type: 'give', to: 'ben' }).state;
    expect(manage(given, more)).toMatchObject({ type: 'done' });
  });

  it.each(['2026-11-24T10:00:00.000Z', '2026-11-26T10:00:00.001Z', '2027-01-01T00:00:00.000Z'])(
    'is bounded by two business days: not until %s',
    (at) => {
      const refused = { type: 'refused', reason: 'no-such-time' };
      expect(manage(lateHandoff(), { type: 'give-until', until: at })).toEqual(refused);
    },
  );

  it.each([
    ['4bh', ['2026-11-24T12:00:00.000Z', '2026-11-24T14:00:00.000Z']],
    ['1bd', ['2026-11-24T12:00:00.000Z', '2026-11-25T10:00:00.000Z']],
    ['30bm', ['2026-11-24T10:30:00.000Z']],
  ])('is bounded by the policy: %s', (atMost, times) => {
    const policy = defaultPolicy();
    const giveUntil = { atMost: v.parse(durationSchema, atMost) };
    const over = { policy: { ...policy, sla: { ...policy.sla, giveUntil } } };
    expect(timesFor(lateHandoff(), staffing(late, over))).toEqual(times);
    const last = times.at(-1) ?? '';
    const beyond = new Date(Date.parse(last) + 1).toISOString();
    expect(manage(lateHandoff(), { type: 'give-until', until: last }, over).type).toBe('done');
    expect(manage(lateHandoff(), { type: 'give-until', until: beyond }, over)).toEqual({
      type: 'refused',
      reason: 'no-such-time',
    });
  });

  it('offers a few times, all of which can be given', () => {
    const times = timesFor(lateHandoff(), staffing('2026-11-24T10:07:00.000Z'));
    expect(times).toEqual([
      '2026-11-24T12:00:00.000Z',
      '2026-11-25T10:00:00.000Z',
      '2026-11-26T10:00:00.000Z',
    ]);
    for (const time of times)
      expect(
        manage(lateHandoff(), { type: 'give-until', until: time }, {}, '2026-11-24T10:09:00.000Z').type,
      ).toBe('done');
  });
});

describe('pulling it back', () => {
  it('ends it', () => {
    const { state, facts } = done(lateHandoff(), { type: 'pull-back' });
    expect(state).toMatchObject({
      status: 'closed',
      outcome: { type: 'pulled-back', reason: 'manager', by: 'manager-dach', at: late },
    });
    expect(facts.map(({ type }) => type)).toEqual(['HandoffPulledBack']);
  });

  it('is refused for a lead that asked to talk', () => {
    const asked = lateHandoff({ opening: askedAt(monday) });
    expect(manage(asked, { type: 'pull-back' })).toEqual({ type: 'refused', reason: 'asked' });
  });
});

describe('whatever a manager does', () => {
  const actions: readonly ManagerAction[] = [
    { type: 'take' },
    { type: 'give', to: 'ben' },
    { type: 'give-until', until: '2026-11-25T10:00:00.000Z' },
    { type: 'pull-back' },
  ];

  it.each(actions)('it is done once: $type', (action) => {
    const { state } = done(lateHandoff(), action);
    expect(manage(state, action, { assignment: 1 })).toEqual({ type: 'repeated' });
  });

  it.each(actions)('tells a breach first that no tick has told: $type', (action) => {
    const { facts } = done(aHandoff(), action);
    expect(facts.map(({ type }) => type)).toHaveLength(2);
    expect(facts[0]).toMatchObject({ type: 'HandoffBreached', holder: 'anna' });
  });

  it.each(actions)('comes too late after an answer: $type', (action) => {
    for (const status of ['accepted', 'closed'] as const)
      expect(manage({ ...lateHandoff(), status }, action)).toEqual({ type: 'refused', reason: 'answered' });
  });

  it.each(actions)('is done to the holder whom they saw: $type', (action) => {
    const moved = { ...lateHandoff(), holder: 'carla', assignment: 2, previousHolders: ['anna'] };
    expect(manage(moved, action, { assignment: 1 })).toEqual({ type: 'refused', reason: 'moved' });
  });

  it.each(actions)('is for managers of the team who are there: $type', (action) => {
    for (const by of ['anna', 'manager-international', 'gone'])
      expect(manage(lateHandoff(), action, { by })).toEqual({ type: 'refused', reason: 'not-manager' });
  });
});
