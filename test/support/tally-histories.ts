import fc from 'fast-check';
import { type TimelineEntry, withEntries } from '../../shared/domain/timeline.ts';
import type { Pattern, Policy, Rule } from '../../shared/policy/schema.ts';
import { defaultPolicy } from './default-policy.ts';

const hour = 3_600_000;
const day = 24 * hour;
const label = { en: 'x', de: 'x' };
const shipped = defaultPolicy();

/** A policy that knows nothing but these rules and patterns. */
export const scoringOf = (
  rules: readonly Partial<Rule>[],
  patterns: readonly Partial<Pattern>[] = [],
  zone = 'UTC',
): Policy => {
  return {
    ...shipped,
    zone,
    scoring: {
      ...shipped.scoring,
      categories: {
        warm: { cap: 1000, floor: -1000, halfLife: 14 * day },
        brief: { cap: 1000, floor: -1000, halfLife: 3.5 * hour },
        apart: { cap: 1000, floor: -1000, halfLife: 45 * day },
      },
      rules: rules.map((rule, i) => ({
        number: i + 1,
        kind: ['seen'],
        when: [],
        category: 'warm',
        points: 1,
        intent: false,
        label,
        ...rule,
      })),
      patterns: patterns.map((pattern, i) => ({
        number: i + 1,
        name: `pattern-${i + 1}`,
        type: 'days',
        kind: 'seen',
        atLeast: 2,
        within: 7 * day,
        category: 'apart',
        points: 5,
        label,
        ...pattern,
      })),
    },
  };
};

export type Happened = readonly [at: number | string, kind?: string, asset?: string | number];

/** Engagements at these times: the place in the list names them. */
export const entriesAt = (...happenings: readonly Happened[]): readonly TimelineEntry[] =>
  withEntries(
    [],
    happenings.map(([at, kind = 'seen', asset], i) => ({
      id: String(i).padStart(16, '0'),
      at: new Date(at).getTime(),
      kind,
      ...(asset === undefined ? {} : { facets: { asset } }),
    })),
  );

const kinds = ['seen', 'asked', 'read'];
const kind = fc.constantFrom(...kinds);
const category = fc.constantFrom('warm', 'brief', 'apart');

const deepEnough: Rule['when'][number] = { property: 'depth', range: { min: 2 }, not: false };

const rule: fc.Arbitrary<Partial<Rule>> = fc
  .record({
    kind: fc.subarray(kinds, { minLength: 1 }),
    when: fc.constantFrom<Rule['when']>(
      [],
      [],
      [deepEnough],
      [{ property: 'depth', exists: true, not: true }],
      [{ property: 'asset', prefix: 'a', not: false }],
    ),
    category,
    points: fc.integer({ min: -20, max: 20 }),
    oncePer: fc.constantFrom<Rule['oncePer']>(undefined, 'day', 'week', 'month', 'asset', 'ever'),
  })
  .map(({ oncePer, ...kept }) => (oncePer === undefined ? kept : { ...kept, oncePer }));

const pattern: fc.Arbitrary<Partial<Pattern>> = fc.record({
  type: fc.constantFrom('days', 'distinct', 'then'),
  kind,
  followedBy: kind,
  atLeast: fc.integer({ min: 2, max: 4 }),
  within: fc.constantFrom(hour, 5 * hour, day, 3 * day, 7 * day, 14 * day),
  category,
  points: fc.integer({ min: -10, max: 10 }),
});

/** Zones, and a day near which clocks are changed there. In Newfoundland they went back over midnight. */
const places = [
  ['UTC', Date.UTC(2026, 9, 25)],
  ['Europe/Berlin', Date.UTC(2026, 9, 25)],
  ['Europe/Berlin', Date.UTC(2026, 2, 29)],
  ['America/New_York', Date.UTC(2026, 10, 1)],
  ['Australia/Lord_Howe', Date.UTC(2026, 3, 5)],
  ['America/St_Johns', Date.UTC(2010, 10, 7)],
  ['Asia/Kolkata', Date.UTC(2026, 6, 1)],
] as const;

/** A few weeks around a change of clocks. */
const anyTime = (middle: number): fc.Arbitrary<number> =>
  fc.integer({ min: -480, max: 480 }).map((hours) => middle + hours * hour);

/** Minutes of the day (UTC) at which it is midnight in one of the zones, or clocks are changed. */
const edges = [0, 60, 150, 151, 165, 210, 211, 240, 300, 360, 420, 780, 810, 900, 1110, 1320, 1380, 1410];

/** Often at the same time; or a period or a window apart, but for a millisecond. */
const edgeTime = (middle: number): fc.Arbitrary<number> =>
  fc
    .tuple(
      fc.constantFrom(-31, -30, -28, -14, -8, -7, -6, -3, -2, -1, -1, 0, 0, 0, 0, 1),
      fc.constantFrom(...edges),
      fc.constantFrom(0, 0, 0, 1, -1),
    )
    .map(([days, minutes, ms]) => middle + days * day + minutes * 60_000 + ms);

const facets = fc.record(
  {
    asset: fc.oneof(
      fc.integer({ min: 0, max: 30 }).map((n) => `a${n}`),
      fc.constantFrom('a1', 'b', '', 7, '7'),
    ),
    depth: fc.integer({ min: 0, max: 4 }),
  },
  { requiredKeys: [] },
);

export type TallyHistory = Readonly<{ policy: Policy; entries: readonly TimelineEntry[] }>;

const historyOf = (
  policy: Policy,
  one: fc.Arbitrary<Omit<TimelineEntry, 'id'>>,
  maxLength: number,
  minLength = 0,
): fc.Arbitrary<TallyHistory> =>
  fc
    .tuple(
      fc.array(one, { minLength, maxLength, size: 'max' }),
      fc.shuffledSubarray(ids.slice(0, maxLength), { minLength: maxLength }),
    )
    .map(([all, names]) => ({
      policy,
      entries: withEntries(
        [],
        all.map((entry, i) => ({ ...entry, id: names[i] ?? '' })),
      ),
    }));

const ids = Array.from({ length: 90 }, (_, i) => i.toString(16).padStart(16, '0'));

/** Where a test fails, it shows this of the policy. */
const shown = (policy: Policy): Policy => {
  const { zone, scoring } = policy;
  const text = () => JSON.stringify({ zone, rules: scoring.rules, patterns: scoring.patterns });
  return Object.assign({ ...policy }, { [fc.toStringMethod]: text });
};

/** Much at once: many rules, and up to forty engagements. */
const wideHistory = fc
  .tuple(fc.array(rule, { maxLength: 6 }), fc.array(pattern, { maxLength: 4 }), fc.constantFrom(...places))
  .chain(([rules, patterns, [zone, middle]]) => {
    const at = fc.oneof(anyTime(middle), edgeTime(middle));
    return historyOf(shown(scoringOf(rules, patterns, zone)), fc.record({ at, kind, facets }), 40);
  });

/** One rule and one pattern, and few engagements, where the one or the other just pays or just does not. */
const narrowHistory = fc
  .tuple(rule, pattern, fc.constantFrom(...places))
  .chain(([only, one, [zone, middle]]) => {
    const ofKind = fc.constantFrom(...new Set([...(only.kind ?? []), one.kind ?? '', one.followedBy ?? '']));
    const policy = scoringOf([{ ...only, when: [] }], [one], zone);
    return historyOf(shown(policy), fc.record({ at: edgeTime(middle), kind: ofKind, facets }), 8);
  });

/**
 * About more assets than are paid, many of them at the same time, and of two rules: some engagements are about nothing,
 * and some of another kind are no business of the first rule.
 */
export const manyAssets = historyOf(
  shown(
    scoringOf([
      { oncePer: 'asset', points: 3, kind: ['seen', 'asked'], when: [deepEnough] },
      { oncePer: 'asset', points: -2, category: 'brief' },
    ]),
  ),
  fc.record({
    at: fc.integer({ min: 0, max: 12 }).map((hours) => hours * hour),
    kind: fc.constantFrom('seen', 'seen', 'seen', 'asked', 'read'),
    facets: fc.record(
      { asset: fc.integer({ min: 0, max: 25 }), depth: fc.constantFrom(2, 2, 2, 0) },
      { requiredKeys: ['depth'] },
    ),
  }),
  90,
  30,
);

/** Generated policies with what somebody did, in order. */
export const someHistory: fc.Arbitrary<TallyHistory> = fc.oneof(
  { weight: 2, arbitrary: wideHistory },
  { weight: 6, arbitrary: narrowHistory },
  { weight: 1, arbitrary: manyAssets },
);

const shippedKinds = fc.constantFrom(
  ...shipped.scoring.rules.flatMap((one) => one.kind),
  ...shipped.scoring.patterns.flatMap((one) => Array<string>(5).fill(one.kind)),
);

/** The policy that ships. */
export const shippedHistory: fc.Arbitrary<TallyHistory> = historyOf(
  shown(shipped),
  fc.record({ at: anyTime(Date.UTC(2026, 9, 25)), kind: shippedKinds, facets }),
  40,
);

/** The same engagements as they may arrive: in any order, cut into deliveries, each of which is sorted. */
export const deliveriesOf = (
  history: fc.Arbitrary<TallyHistory>,
): fc.Arbitrary<TallyHistory & { deliveries: readonly (readonly TimelineEntry[])[] }> =>
  history.chain(({ policy, entries }) =>
    fc
      .tuple(
        fc.oneof(fc.shuffledSubarray([...entries], { minLength: entries.length }), fc.constant([...entries])),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 10 }),
      )
      .map(([shuffled, sizes]) => {
        const deliveries: (readonly TimelineEntry[])[] = [];
        for (let from = 0, i = 0; from < shuffled.length; i++) {
          const until = from + (sizes[i % sizes.length] ?? 1);
          deliveries.push(withEntries([], shuffled.slice(from, until)));
          from = until;
        }
        return { policy, entries, deliveries };
      }),
  );
