import { describe, expect, it } from 'vitest';
import { admit } from '../../../shared/domain/fold/admit.ts';
import { foldEntries } from '../../../shared/domain/fold/fold-entries.ts';
import { paymentsOf } from '../../../shared/domain/fold/payments.ts';
import { readProperties, scoringKey } from '../../../shared/domain/fold/scoring-index.ts';
import { spansToKnow } from '../../../shared/domain/fold/spans-to-know.ts';
import { emptyTally } from '../../../shared/domain/fold/tally.ts';
import { engagementOf } from '../../../shared/domain/fold/tally-score.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { entriesAt, type Happened, scoringOf } from '../../support/tally-histories.ts';

const day = 86_400_000;
const perDay = scoringOf([{ oncePer: 'day', points: 4 }]);
const then = scoringOf([], [{ type: 'then', kind: 'seen', followedBy: 'asked', within: day }]);
const days = scoringOf([], [{ type: 'days', atLeast: 3, within: 7 * day }]);
const assets = scoringOf([], [{ type: 'distinct', atLeast: 2, within: day }]);
const perAsset = scoringOf([{ oncePer: 'asset', points: 3 }]);
/** One asset in each hour of a day. */
const sixteen = Array.from({ length: 16 }, (_, i): Happened => [Date.UTC(2026, 6, 2, i), 'seen', i]);
const newfoundland = scoringOf([{ oncePer: 'day' }], [], 'America/St_Johns');

/** Earlier there are no dates. */
const firstDate = -8.64e15;

describe('to admit an engagement, what happened', () => {
  it.each<[string, Policy, Happened[], Happened, string[]]>([
    ['is not asked for in order', perDay, [['2026-07-01']], ['2026-07-02'], []],
    ['is not asked for on the newest day', perDay, [['2026-07-02T10:00Z']], ['2026-07-02T09:00Z'], []],
    [
      'on a day before the newest is',
      perDay,
      [['2026-07-02']],
      ['2026-07-01T12:00Z'],
      ['2026-06-30T10:00:00.000Z', '2026-07-02T14:00:00.000Z'],
    ],
    [
      'is not asked for where no rule of the kind pays by the day',
      perDay,
      [['2026-07-02']],
      ['2026-07-01', 'asked'],
      [],
    ],
    [
      'is not asked for by a rule for assets, nor by one without limits',
      scoringOf([{ oncePer: 'asset' }, { kind: ['asked'] }]),
      [['2026-07-02'], ['2026-07-02', 'asked']],
      ['2026-07-01', 'asked'],
      [],
    ],
    [
      'up to the latest of 16 assets is, before it',
      perAsset,
      sixteen,
      ['2026-07-02T08:00Z'],
      ['-271821-04-20T00:00:00.000Z', '2026-07-02T15:00:00.000Z'],
    ],
    ['is not, at the time of that one', perAsset, sixteen, ['2026-07-02T15:00Z', 'seen', 99], []],
    ['is not, after that one', perAsset, [...sixteen, ['2026-07-09']], ['2026-07-02T16:00Z', 'seen', 99], []],
    ['is not, before the latest of 15', perAsset, sixteen.slice(1), ['2026-07-01', 'seen', 99], []],
    [
      'around it is, before the newest of an open pattern',
      days,
      [['2026-07-02']],
      ['2026-07-01T23:59:59.999Z'],
      ['2026-06-24T23:59:59.999Z', '2026-07-08T23:59:59.999Z'],
    ],
    ['is not, at the time of the newest', days, [['2026-07-02']], ['2026-07-02'], []],
    [
      'up to when a pattern was complete is',
      assets,
      [
        ['2026-07-02', 'seen', 'a'],
        ['2026-07-02T01:00Z', 'seen', 'b'],
      ],
      ['2026-07-01T12:00Z', 'seen', 'c'],
      ['2026-06-30T12:00:00.000Z', '2026-07-02T01:00:00.000Z'],
    ],
    [
      'is not asked for when the pattern was complete then',
      assets,
      [
        ['2026-07-02', 'seen', 'a'],
        ['2026-07-02T01:00Z', 'seen', 'b'],
      ],
      ['2026-07-02T01:00Z', 'seen', 'c'],
      [],
    ],
    [
      'is, when the first of two comes at the same time',
      then,
      [['2026-07-02']],
      ['2026-07-02', 'asked'],
      ['2026-07-01T00:00:00.000Z', '2026-07-03T00:00:00.000Z'],
    ],
    ['is not asked for, of two that come in order', then, [['2026-07-01']], ['2026-07-02', 'asked'], []],
    [
      'is, on the day that came twice: 6 November, where the 7th had begun for a minute',
      newfoundland,
      [['2010-11-07T02:30:30Z']],
      ['2010-11-07T02:45:00Z'],
      ['2010-11-06T00:45:00.000Z', '2010-11-08T04:45:00.000Z'],
    ],
  ])('%s', (_, policy, past, late, expected) => {
    const spans = spansToKnow(foldEntries(entriesAt(...past), policy), entriesAt(late), policy);
    expect(
      spans.flatMap(({ from, until }) => [
        new Date(Math.max(from, firstDate)).toISOString(),
        new Date(until).toISOString(),
      ]),
    ).toEqual(expected);
  });

  it('is asked for because of another of the same delivery', () => {
    const tally = foldEntries(entriesAt(['2026-07-01']), then);
    const both = entriesAt(['2026-07-01T12:00Z'], ['2026-07-01T12:00Z', 'asked']);
    expect(spansToKnow(tally, both, then)).toHaveLength(1);
  });

  it('is asked for once where spans overlap', () => {
    const tally = foldEntries(entriesAt(['2026-07-20']), perDay);
    const late = entriesAt(['2026-07-01'], ['2026-07-02'], ['2026-07-10']);
    expect(spansToKnow(tally, late, perDay)).toHaveLength(2);
  });

  it('must be known: without it a day is paid twice', () => {
    const [first, second, last] = entriesAt(['2026-07-01T08:00Z'], ['2026-07-01T09:00Z'], ['2026-07-05']);
    const tally = foldEntries([first!, last!], perDay);
    expect(admit(tally, second!, [first!, last!], perDay).earned).toBe(0);
    expect(admit(tally, second!, [], perDay).earned).toBe(4);
  });
});

describe('of sixteen assets', () => {
  const known = entriesAt(...sixteen);
  const tally = foldEntries(known, perAsset);
  const [latest, before] = [Date.UTC(2026, 6, 2, 15), Date.UTC(2026, 6, 2, 14)];

  it('only the time of the latest is kept', () => {
    expect(tally.assets.all).toEqual([[1, { fullAt: latest }]]);
  });

  it.each<[what: string, late: Happened, earned: number, latest: number]>([
    ['another one takes the place of the latest', ['2026-07-02T07:30Z', 'seen', 99], 3, before],
    ['the latest itself happened earlier', ['2026-07-02T07:30Z', 'seen', 15], 3, before],
    ['one in the middle happened earlier', ['2026-07-02T05:30Z', 'seen', 9], 3, latest],
    ['one happened again', ['2026-07-02T07:30Z', 'seen', 2], 0, latest],
    ['another one happened just before the latest', [latest - 1, 'seen', 99], 3, latest - 1],
    ['another one happened at the time of the latest', [latest, 'seen', 99], 0, latest],
    ['something without a name is an asset too', ['2026-07-02T07:30Z'], 3, before],
  ])('%s', (_, late, earned, at) => {
    const [entry] = entriesAt(late).map((one) => ({ ...one, id: 'f'.repeat(16) }));
    const next = admit(tally, entry!, known, perAsset);
    expect(next.earned).toBe(earned);
    expect(next.tally.assets.all).toEqual([[1, { fullAt: at }]]);
    const all = [...known, entry!].sort((a, b) => a.at - b.at);
    expect(engagementOf(next.tally, perAsset, latest)).toBeCloseTo(
      engagementOf(foldEntries(all, perAsset), perAsset, latest),
      9,
    );
  });
});

describe('an engagement earns', () => {
  it('what a later one of its day was paid for; the sum stays', () => {
    const [early, late] = entriesAt(['2026-07-01T08:00Z'], ['2026-07-01T20:00Z']);
    const { tally, earned } = admit(foldEntries([late!], perDay), early!, [], perDay);
    expect(earned).toBe(4);
    expect(engagementOf(tally, perDay, early!.at)).toBeCloseTo(4, 9);
    expect(tally.earned).toEqual({ id: late!.id, at: late!.at });
  });

  it('nothing by moving a pattern to an earlier time', () => {
    const [a, b, c] = entriesAt([0, 'seen', 'a'], [1000, 'seen', 'b'], [2000, 'seen', 'c']);
    const { tally, earned } = admit(foldEntries([a!, c!], assets), b!, [a!, c!], assets);
    expect(earned).toBe(0);
    expect(tally.patterns.all).toEqual([[1, { paidAt: 1000, values: [] }]]);
  });

  it('nothing where no rule knows it, and is the latest of all', () => {
    const [entry] = entriesAt([5 * day, 'unheard-of']);
    expect(admit(emptyTally, entry!, [], perDay)).toEqual({
      tally: { ...emptyTally, ref: 5 * day, sums: [0, 0, 0] },
      earned: 0,
    });
  });

  it('nothing, and is not kept in mind, by a rule of 0 points', () => {
    const [entry] = entriesAt([5 * day]);
    const none = scoringOf([{ points: 0, oncePer: 'day' }]);
    expect(admit(emptyTally, entry!, [], none).tally.periods.all).toEqual([]);
  });

  it('the same among a hundred thousand, to nine digits', () => {
    const policy = scoringOf([{ points: 1 }, { kind: ['asked'], points: -0.7 }]);
    const all = entriesAt(
      ...Array.from({ length: 100_000 }, (_, i) => [i * 3_000_017, i % 3 === 0 ? 'asked' : 'seen'] as const),
    );
    const { ref, ...tally } = foldEntries(all, policy);
    const expected = paymentsOf(all, undefined, policy).reduce(
      (sum, { points, at }) => sum + points * 2 ** (-(ref - at) / (14 * day)),
      0,
    );
    const sum = engagementOf(
      { ref, ...tally },
      { ...policy, scoring: { ...policy.scoring, engagementCap: 1e9 } },
      ref,
    );
    expect(Math.abs(sum - Math.min(1000, expected))).toBeLessThan(1e-9);
  });
});

describe('a policy is for a tally', () => {
  const one = scoringOf([{ oncePer: 'day' }], [{}]);
  const { scoring } = one;
  const [rule] = scoring.rules;
  const [pattern] = scoring.patterns;
  const { warm, brief, apart } = scoring.categories;
  const word = { en: 'other', de: 'anders' };

  it.each<[string, Policy]>([
    ['words', { ...one, scoring: { ...scoring, rules: [{ ...rule!, label: word }] } }],
    ['names', { ...one, scoring: { ...scoring, patterns: [{ ...pattern!, name: 'other', label: word }] } }],
    [
      'limits',
      {
        ...one,
        scoring: {
          ...scoring,
          engagementCap: 1,
          categories: { warm: { ...warm!, cap: 1 }, brief: brief!, apart: apart! },
        },
      },
    ],
    [
      'the order of categories',
      { ...one, scoring: { ...scoring, categories: { brief: brief!, warm: warm!, apart: apart! } } },
    ],
    ['anything but scoring', { ...one, version: 'other', routing: [] }],
  ])('the same with other %s', (_, other) => {
    expect(scoringKey(other)).toBe(scoringKey(one));
  });

  it.each<[string, Policy]>([
    ['points', { ...one, scoring: { ...scoring, rules: [{ ...rule!, points: 2 }] } }],
    ['periods', { ...one, scoring: { ...scoring, rules: [{ ...rule!, oncePer: 'week' }] } }],
    ['intent', { ...one, scoring: { ...scoring, rules: [{ ...rule!, intent: true }] } }],
    [
      'conditions',
      {
        ...one,
        scoring: { ...scoring, rules: [{ ...rule!, when: [{ property: 'x', exists: true, not: false }] }] },
      },
    ],
    ['windows', { ...one, scoring: { ...scoring, patterns: [{ ...pattern!, within: 5 }] } }],
    [
      'half-lives',
      {
        ...one,
        scoring: {
          ...scoring,
          categories: { warm: { ...warm!, halfLife: 5 }, brief: brief!, apart: apart! },
        },
      },
    ],
    ['categories', { ...one, scoring: { ...scoring, categories: { ...scoring.categories, more: warm! } } }],
    ['days', { ...one, zone: 'Asia/Kolkata' }],
  ])('another with other %s', (_, other) => {
    expect(scoringKey(other)).not.toBe(scoringKey(one));
  });

  it('reads of a kind what its rules read, and the asset', () => {
    const when = [{ property: 'depth', exists: true, not: false }];
    const reading = scoringOf([
      { when },
      { kind: ['seen', 'asked'], when: [{ ...when[0]!, property: 'path' }] },
    ]);
    expect([...readProperties('seen', reading)].sort()).toEqual(['asset', 'depth', 'path']);
    expect([...readProperties('asked', reading)].sort()).toEqual(['asset', 'path']);
    expect([...readProperties('read', reading)]).toEqual(['asset']);
  });
});
