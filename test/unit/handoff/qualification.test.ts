import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { answerHandoff } from '../../../shared/domain/handoff-answer.ts';
import { missingForSql } from '../../../shared/domain/handoff-qualify.ts';
import {
  criteria,
  findingsOf,
  isNothing,
  judgements,
  mergeFindings,
  missingFor,
  type Qualification,
  type Statement,
} from '../../../shared/domain/qualification.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { Answer } from '../../../shared/events/inbound.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aHandoff } from '../../support/handoffs.ts';
import { aRoster } from '../../support/roster.ts';

const now = '2026-11-23T10:00:00.000Z';
const policy = defaultPolicy();
const staffing = { policy, roster: aRoster(), loads: { loads: {} }, now };
const bant = { budget: 'met', authority: 'met', need: 'met', timeline: 'met', location: 'met' } as const;

const say = (handoff: Handoff, answer: Answer, by = 'anna', at?: string, when = now) =>
  answerHandoff(handoff, { by, ...(at === undefined ? {} : { at }) }, answer, { ...staffing, now: when });
const stateOf = (answered: ReturnType<typeof say>): Handoff => {
  if (answered.type !== 'done') throw new Error(JSON.stringify(answered));
  return answered.state;
};
const accepted = (world: Parameters<typeof aHandoff>[0] = {}): Handoff =>
  stateOf(say(aHandoff(world), { type: 'accept' }));
const qualify = (qualification: Statement): Answer => ({ type: 'qualify', qualification }) as Answer;
const factsOf = (answered: ReturnType<typeof say>) =>
  answered.type === 'done' ? answered.facts.map(({ type }) => type) : answered;

describe('an SQL', () => {
  it.each<[string, Statement, object]>([
    ['nothing more', {}, { met: ['need', 'authority'], more: 1, against: [] }],
    ['the need alone', { need: 'met' }, { met: ['authority'], more: 1 }],
    ['three of five', { need: 'met', authority: 'met' }, { met: [], more: 1 }],
    ['all, but no budget', { ...bant, budget: 'not-met' }, { met: [], more: 0, against: ['budget'] }],
    ['no authority', { ...bant, authority: 'not-met' }, { met: [], more: 0, against: ['authority'] }],
    ['elsewhere', { ...bant, location: 'not-met' }, { against: ['location'] }],
  ])('is not made by %s: what is missing is said', (_, statement, missing) => {
    const answered = say(accepted(), qualify(statement));
    const handoff = answered.type === 'repeated' ? accepted() : stateOf(answered);
    expect(handoff.status).toBe('accepted');
    expect(missingForSql(handoff, policy)).toMatchObject(missing);
  });

  it('is made by the statement with which enough is met, and by nobody who just says so', () => {
    const first = say(accepted(), qualify({ need: 'met', budget: { judgement: 'met', note: '20k a year' } }));
    expect(factsOf(first)).toEqual([]);
    const second = say(stateOf(first), qualify({ authority: 'met' }), 'manager-dach');
    expect(factsOf(second)).toEqual(['HandoffQualified']);
    expect(stateOf(second)).toMatchObject({
      status: 'closed',
      outcome: { type: 'qualified', by: 'manager-dach' },
      qualification: {
        budget: { judgement: 'met', note: '20k a year', by: 'anna', at: now },
        authority: { judgement: 'met', by: 'manager-dach' },
        location: { judgement: 'met', by: 'baton', note: 'DE' },
      },
    });
  });

  it('may be made by the statement that comes with accepting, but not by what was concluded alone', () => {
    expect(factsOf(say(aHandoff(), { type: 'accept', qualification: bant }))).toEqual([
      'HandoffAccepted',
      'HandoffQualified',
    ]);
    const concluded = aHandoff({}, { qualification: findingsOf(bant, 'baton', now) });
    expect(factsOf(say(concluded, { type: 'accept' }))).toEqual(['HandoffAccepted']);
    expect(factsOf(say(concluded, { type: 'accept', qualification: {} }))).toEqual(['HandoffAccepted']);
    expect(factsOf(say(stateOf(say(concluded, { type: 'accept' })), qualify({})))).toEqual([
      'HandoffQualified',
    ]);
  });

  it('is not made of a handoff that nobody has accepted', () => {
    expect(say(aHandoff(), qualify(bant))).toEqual({ type: 'refused', reason: 'not-accepted' });
  });

  it('keeps what comes after, which moves nobody, and may still be given back', () => {
    const sql = stateOf(say(accepted(), qualify(bant)));
    const later = say(sql, qualify({ budget: 'not-met' }), 'anna', undefined, '2026-11-23T11:00:00.000Z');
    expect(factsOf(later)).toEqual([]);
    expect(stateOf(later)).toMatchObject({
      status: 'closed',
      outcome: { type: 'qualified' },
      qualification: { budget: { judgement: 'not-met' } },
    });
    const back = say(sql, { type: 'reject', reason: 'no-budget' });
    expect(factsOf(back)).toEqual(['HandoffRejected']);
    expect(stateOf(back).outcome).toMatchObject({ type: 'rejected', reason: 'no-budget' });
    expect(say(sql, { type: 'accept' })).toEqual({ type: 'refused', reason: 'closed' });
    expect(say(sql, { type: 'reject', reason: 'misrouted' })).toEqual({
      type: 'refused',
      reason: 'accepted',
    });
  });
});

describe('accepting', () => {
  const nowhere = { lead: {} } as const;
  const noCountry = (): Handoff => {
    const { qualification: _, ...handoff } = aHandoff(nowhere);
    return { ...handoff, qualification: {} };
  };

  it.each<[string, Handoff, Statement, string]>([
    ['where nobody knows where the lead is', noCountry(), {}, 'not-known'],
    ['who says so', noCountry(), { location: 'unknown' }, 'not-known'],
    ['of a lead elsewhere', aHandoff({ lead: { unserved: true } }), {}, 'not-met'],
    ['of a lead without a need', aHandoff(), { need: 'not-met' }, 'not-met'],
  ])('is refused %s', (_, handoff, qualification, reason) => {
    expect(say(handoff, { type: 'accept', qualification } as Answer)).toEqual({ type: 'refused', reason });
  });

  it('needs one word then, and that goes before what was concluded', () => {
    for (const handoff of [noCountry(), aHandoff({ lead: { unserved: true } })])
      expect(stateOf(say(handoff, { type: 'accept', qualification: { location: 'met' } }))).toMatchObject({
        status: 'accepted',
        qualification: { location: { judgement: 'met', by: 'anna' } },
      });
  });
});

const at = fc.integer({ min: 0, max: 6 }).map((minute) => instantOf(Date.parse(now) - minute * 60_000));
const statement = fc
  .dictionary(fc.constantFrom(...criteria), fc.constantFrom(...judgements), { minKeys: 1 })
  .map((said): Statement => said);
const said = fc.record({ statement, by: fc.constantFrom('baton', 'anna', 'manager-dach'), at });
const merged = (all: readonly { statement: Statement; by: string; at: string }[]): Qualification =>
  all.reduce<Qualification>(
    (known, each) => mergeFindings(known, findingsOf(each.statement, each.by, each.at)),
    {},
  );

describe('statements in any order', () => {
  test.prop([
    fc
      .array(said, { maxLength: 12 })
      .chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
        ),
      ),
  ])('and any number of times leave the same, and so the same conditions hold', ([all, again]) => {
    const [once, shuffled] = [merged(all), merged(again)];
    expect(shuffled).toEqual(once);
    expect(missingFor(shuffled, policy.qualification.sql)).toEqual(
      missingFor(once, policy.qualification.sql),
    );
    expect(merged([...again, ...all])).toEqual(once);
  });

  test.prop([fc.array(said, { minLength: 1, maxLength: 12 })])('leave the latest of a person', (all) => {
    const left = merged(all);
    for (const criterion of criteria) {
      const ofPeople = all.filter((each) => each.by !== 'baton' && each.statement[criterion] !== undefined);
      const latest = ofPeople
        .map((each) => each.at)
        .sort()
        .at(-1);
      if (latest !== undefined) {
        expect(left[criterion]?.at).toBe(latest);
        expect(left[criterion]?.by).not.toBe('baton');
      }
    }
  });

  test.prop([
    fc.shuffledSubarray([...criteria], { minLength: 5 }),
    fc.array(at, { minLength: 5, maxLength: 5 }),
  ])('of which none is taken back end at an SQL, whichever completes it', (order, times) => {
    let handoff = accepted();
    const facts: unknown[] = [];
    for (const [i, criterion] of order.entries()) {
      const answered = say(handoff, qualify({ [criterion]: 'met' }), 'anna', times[i]);
      facts.push(...(answered.type === 'done' ? answered.facts : []));
      handoff = stateOf(answered);
    }
    expect(facts).toMatchObject([{ type: 'HandoffQualified' }]);
    expect(criteria.every((criterion) => handoff.qualification?.[criterion]?.judgement === 'met')).toBe(true);
  });

  it('are ordered by when they were said, and never by a time that has not come', () => {
    const [early, late] = ['2026-11-23T09:10:00.000Z', '2026-11-23T09:20:00.000Z'];
    const no = stateOf(say(accepted(), qualify({ budget: 'not-met' }), 'anna', late));
    expect(
      stateOf(say(no, qualify({ budget: 'met', need: 'met' }), 'anna', early)).qualification,
    ).toMatchObject({
      budget: { judgement: 'not-met', at: late },
      need: { judgement: 'met', at: early },
    });
    expect(say(no, qualify({ budget: 'met' }), 'anna', early)).toEqual({ type: 'repeated' });
    const future = stateOf(say(accepted(), qualify({ budget: 'met' }), 'anna', '2027-01-01T00:00:00.000Z'));
    expect(future.qualification?.budget?.at).toBe(now);
  });
});

it('nothing is missing where nothing is wanted', () => {
  expect(isNothing(missingFor({}, {}))).toBe(true);
  expect(isNothing(missingFor({}, { atLeast: 1 }))).toBe(false);
});
