import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableBytesError } from '../../../shared/adapters/lead-codec/byte-reader.ts';
import {
  decodeEntries,
  decodeHead,
  type EncodedHead,
  encodeEntries,
  encodeHead,
} from '../../../shared/adapters/lead-codec/head.ts';
import { NumberedList } from '../../../shared/domain/fold/by-number.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import { stages } from '../../../shared/domain/stage.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { compareEntries, RecentList, type TimelineEntry } from '../../../shared/domain/timeline.ts';
import type { LeadHead } from '../../../shared/leads/log/lead-items.ts';
import { plainHead } from '../../support/plain-lead.ts';

const ids = fc.bigInt(0n, 2n ** 64n - 1n).map((n) => n.toString(16).padStart(16, '0'));
const times = fc.oneof(
  fc.integer({ min: Date.UTC(2020), max: Date.UTC(2030) }),
  fc.integer({ min: Date.UTC(1900), max: Date.UTC(2100) }),
);
const texts = fc.oneof(
  fc.constantFrom(
    'page-viewed',
    'asset',
    'spring-1',
    'spring-12',
    'an asset of a very long name, longer than most, Nº 1',
  ),
  fc.string({ unit: 'grapheme', maxLength: 64 }),
);
const facets = fc.dictionary(
  texts.filter((name) => name !== '__proto__'),
  fc.oneof(texts, fc.boolean(), fc.integer(), fc.double({ noNaN: true }), fc.maxSafeInteger()),
  { minKeys: 1, maxKeys: 20, noNullPrototype: true },
);
const entry: fc.Arbitrary<TimelineEntry> = fc.record(
  {
    id: ids,
    at: times,
    kind: texts,
    unanchored: fc.constant(true as const),
    facets,
    origin: texts,
    receivedAt: times,
  },
  { requiredKeys: ['id', 'at', 'kind'], noNullPrototype: true },
);
const entries = fc
  .uniqueArray(entry, { selector: ({ id }) => id, maxLength: 40 })
  .map((some) => some.sort(compareEntries));

const earlier = (ref: number) => fc.integer({ min: 0, max: 1e12 }).map((ms) => ref - ms);
const small = fc.nat(300);
/** Something about some of the numbers. */
const numbered = <T>(number: fc.Arbitrary<number>, value: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(number, value), { selector: ([one]) => one, maxLength: 20 })
    .map((all) => new NumberedList(all.sort(([one], [other]) => one - other)));
const numbers = fc.oneof(fc.nat(30), small);
const plain = { noNullPrototype: true };

const periodPaid = (at: fc.Arbitrary<number>) =>
  fc.record(
    { period: fc.oneof(fc.integer(), fc.integer({ min: 18_000, max: 24_000 }), fc.nat(3500)), at },
    plain,
  );
const assetsPaid = (at: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.record(
      {
        paid: fc.array(fc.record({ asset: fc.nat(2 ** 32 - 1), at }, plain), { minLength: 1, maxLength: 15 }),
      },
      plain,
    ),
    fc.record({ fullAt: at }, plain),
  );
const patternTally = (at: fc.Arbitrary<number>) =>
  fc.record(
    {
      paidAt: at,
      values: fc.array(fc.record({ value: fc.integer({ min: -5, max: 2 ** 32 - 1 }), at }, plain)),
    },
    { ...plain, requiredKeys: ['values'] },
  );
const tally = times.chain((ref) =>
  fc.record(
    {
      ref: fc.constant(ref),
      sums: fc.array(fc.oneof(fc.constant(0), fc.double({ noNaN: true })), { maxLength: 20 }),
      periods: numbered(numbers, periodPaid(earlier(ref))),
      assets: numbered(numbers, assetsPaid(earlier(ref))),
      patterns: numbered(numbers, patternTally(earlier(ref))),
      earned: fc.record({ id: ids, at: earlier(ref) }, plain),
    },
    { ...plain, requiredKeys: ['ref', 'sums', 'periods', 'assets', 'patterns'] },
  ),
);
const instants = times.map(instantOf);
const ask = fc.record(
  {
    id: fc.oneof(ids, texts),
    engagementId: fc.oneof(texts, ids, fc.constant('the-same')),
    kind: texts,
    occurredAt: instants,
    receivedAt: instants,
  },
  { noNullPrototype: true },
);
const lead: fc.Arbitrary<Lead> = fc.record(
  {
    stage: fc.constantFrom(...stages),
    stageAt: instants,
    furthest: fc.constantFrom(...stages),
    count: fc.nat(1e6),
    tally,
    profileChanges: fc.array(fc.oneof(ids, texts), { maxLength: 5 }),
    policy: fc.record(
      { hash: fc.oneof(ids, texts), sequence: small, scoring: ids },
      { noNullPrototype: true },
    ),
    cutOff: instants,
    hot: instants,
    ask,
    mqlCause: fc.record(
      { type: texts, id: fc.oneof(texts, ids, fc.constant('the-same')), at: instants },
      { noNullPrototype: true },
    ),
    wouldBeMql: fc.record(
      { by: fc.constantFrom('interest', 'asked'), causeId: texts, since: instants },
      { noNullPrototype: true },
    ),
    handoff: fc.record({ id: texts, open: fc.boolean() }, { noNullPrototype: true }),
    restUntil: instants,
    hasUnanchored: fc.constant(true as const),
  },
  {
    requiredKeys: ['stage', 'stageAt', 'furthest', 'count', 'tally', 'profileChanges', 'policy'],
    noNullPrototype: true,
  },
);
const head: fc.Arbitrary<LeadHead> = fc
  .tuple(lead, entries, fc.boolean(), fc.option(fc.record({ at: times, id: ids }, plain)))
  .map(([decided, recent, isFrozen, watermark]) => {
    const last = recent.at(-1);
    // What earned is mostly one of the recent ones.
    const isRecent = last !== undefined && last.at <= decided.tally.ref && isFrozen;
    const earned = isRecent ? { earned: { id: last.id, at: last.at } } : {};
    return {
      lead: { ...decided, tally: { ...decided.tally, ...earned } },
      log: {
        recent: new RecentList(recent),
        frozen: new Set(isFrozen ? recent.filter((_, i) => i % 3 === 0).map(({ id }) => id) : []),
        ...(watermark === null ? {} : { watermark }),
      },
      fresh: [],
    };
  });
const decoded = ({ stage, bytes, rest }: EncodedHead) => decodeHead(stage, bytes, rest);

describe('a head as bytes', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(head, (before) => {
        expect(plainHead(decoded(encodeHead(before)))).toEqual(plainHead(before));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused if a part of it is missing, or it is of another format', () => {
    fc.assert(
      fc.property(head, fc.double({ min: 0, max: 0.999, noNaN: true }), (before, part) => {
        const { bytes, ...encoded } = encodeHead(before);
        const less = bytes.subarray(0, Math.floor(part * bytes.length));
        expect(() => plainHead(decoded({ ...encoded, bytes: less }))).toThrow(UnreadableBytesError);
        const other = Uint8Array.from(bytes, (byte, i) => (i === 0 ? 2 : byte));
        expect(() => decoded({ ...encoded, bytes: other })).toThrow('format 2');
      }),
    );
  });

  it.each([0, 16])('is refused if a rule has paid for %i assets one by one', (count) => {
    const [before] = fc.sample(head, { numRuns: 1, seed: 1 });
    const paid = Array.from({ length: count }, (_, asset) => ({ asset, at: 0 }));
    const assets = new NumberedList([[1, { paid }]]);
    const wrong = { ...before!, lead: { ...before!.lead, tally: { ...before!.lead.tally, assets } } };
    expect(() => encodeHead(wrong)).toThrow(RangeError);
  });

  it('does not change while another one is written', () => {
    const [first, second] = fc.sample(head, { numRuns: 2, seed: 1 });
    const { bytes } = encodeHead(first!);
    const copy = Uint8Array.from(bytes);
    encodeHead(second!);
    expect(Uint8Array.from(bytes)).toEqual(copy);
  });
});

/** What a write changes of a head. */
const change = fc.record(
  {
    tally: tally.map(({ ref: _, ...parts }) => parts).chain((parts) => fc.subarray(Object.entries(parts))),
    period: fc.tuple(numbers, periodPaid(times)),
    assets: fc.tuple(numbers, assetsPaid(times)),
    pattern: fc.tuple(numbers, patternTally(times)),
    move: fc.record(
      { stageAt: instants, handoff: fc.record({ id: texts, open: fc.boolean() }, plain) },
      plain,
    ),
    fresh: entries,
    later: fc.nat(3e8),
    watermark: fc.record({ at: times, id: ids }, plain),
    freezes: fc.boolean(),
    drops: fc.boolean(),
  },
  { ...plain, requiredKeys: ['later'] },
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

const changed = (
  { lead: before, log }: Pick<LeadHead, 'lead' | 'log'>,
  { tally: parts = [], move, later, watermark, freezes, drops, ...with_ }: Change,
): LeadHead => {
  const { periods, assets, patterns, ...rest } = before.tally;
  const known = new Set(log.recent.keys().map(({ id }) => id));
  const fresh = (with_.fresh ?? []).filter(({ id }) => !known.has(id));
  return {
    lead: {
      ...before,
      ...move,
      count: before.count + fresh.length,
      tally: {
        ...rest,
        ref: rest.ref + later,
        periods: with_.period === undefined ? periods : periods.with(...with_.period),
        assets: with_.assets === undefined ? assets : assets.with(...with_.assets),
        patterns: with_.pattern === undefined ? patterns : patterns.with(...with_.pattern),
        ...Object.fromEntries(parts),
      },
    },
    log: {
      recent: drops === true ? new RecentList(log.recent.all().slice(-2)) : log.recent,
      frozen: new Set(freezes === true ? fresh.map(({ id }) => id) : drops === true ? [] : log.frozen),
      ...(watermark === undefined && log.watermark === undefined
        ? {}
        : { watermark: watermark ?? log.watermark! }),
    },
    fresh,
  };
};

describe('a head that follows another one', () => {
  it('comes back as if it had been written by itself, whatever was copied', () => {
    fc.assert(
      fc.property(head, fc.array(change, { minLength: 1, maxLength: 6 }), (first, changes) => {
        let stored = decoded(encodeHead(first));
        for (const one of changes) {
          const next = changed(stored, one);
          const expected = plainHead(next);
          stored = decoded(encodeHead(next, stored.log));
          expect(plainHead(stored)).toEqual(expected);
          for (const { id } of expected.recent) expect(stored.log.recent.has(id)).toBe(true);
          expect(stored.log.recent.keys()).toEqual(expected.recent.map(({ at, id }) => ({ at, id })));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is told a value of each number that it knows, and none of another', () => {
    fc.assert(
      fc.property(head, numbers, numbers, periodPaid(times), (before, number, other, paid) => {
        const { periods } = decoded(encodeHead(before)).lead.tally;
        const expected = before.lead.tally.periods;
        expect(periods.of(number)).toEqual(expected.of(number));
        const [next, nextExpected] = [periods.with(number, paid), expected.with(number, paid)];
        expect([next.of(number), next.of(other)]).toEqual([paid, nextExpected.of(other)]);
        expect(next.with(other, paid).all).toEqual(nextExpected.with(other, paid).all);
      }),
    );
  });
});

describe('entries as bytes', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(entries, (before) => {
        expect(decodeEntries(encodeEntries(before))).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[what: string, entries: TimelineEntry[]]>([
    ['a name that is no reference', [{ id: 'e1', at: 0, kind: 'k' }]],
    ['a name that is not hexadecimal', [{ id: 'xyz4567890123456', at: 0, kind: 'k' }]],
    [
      'no order',
      [
        { id: '0000000000000001', at: 1, kind: 'k' },
        { id: '0000000000000000', at: 0, kind: 'k' },
      ],
    ],
  ])('are refused with %s', (_, wrong) => {
    expect(() => encodeEntries(wrong)).toThrow(RangeError);
  });

  it('of what was stored once stay what they were', () => {
    const stored = stored1;
    expect(Buffer.from(encodeEntries(some)).toString('hex')).toBe(stored);
    expect(decodeEntries(Buffer.from(stored, 'hex'))).toEqual(some);
  });
});

const some: readonly TimelineEntry[] = [
  {
    id: '00000000000000aa',
    at: Date.UTC(2026, 10, 2),
    kind: 'page-viewed',
    facets: { asset: 'spring-1', seconds: 30 },
    origin: 'lost',
  },
  {
    id: '00000000000000bb',
    at: Date.UTC(2026, 10, 3),
    kind: 'own-kind',
    facets: { asset: 'spring-2', ok: true },
  },
  {
    id: '00000000000000cc',
    at: Date.UTC(2026, 10, 3),
    kind: 'search',
    receivedAt: Date.UTC(2026, 10, 4),
    unanchored: true,
  },
];
/** Of the first release. If this changes, stored leads cannot be read any more. */
const stored1 =
  '01038180a5ebb36800000000000000aa00000000000000bb00000000000000cc0b8090f298b36880b89929001e08737072696e672d31086f776e2d6b696e64026f6b08737072696e672d320a0300171a03411742012a0245031e220848011580f0b252';
