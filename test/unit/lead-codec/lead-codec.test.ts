import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableBytesError } from '../../../shared/adapters/lead-codec/byte-reader.ts';
import {
  decodeEntries,
  decodeHead,
  encodeEntries,
  encodeHead,
} from '../../../shared/adapters/lead-codec/head.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import { stages } from '../../../shared/domain/stage.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { compareEntries, type TimelineEntry } from '../../../shared/domain/timeline.ts';
import type { LeadHead } from '../../../shared/leads/log/lead-items.ts';

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
const tally = times.chain((ref) =>
  fc.record(
    {
      ref: fc.constant(ref),
      sums: fc.array(fc.oneof(fc.constant(0), fc.double({ noNaN: true })), { maxLength: 20 }),
      periods: fc.array(
        fc.record(
          {
            rule: small,
            period: fc.oneof(fc.integer(), fc.integer({ min: 18_000, max: 24_000 }), fc.nat(3500)),
            at: earlier(ref),
          },
          { noNullPrototype: true },
        ),
      ),
      assets: fc.array(
        fc.record(
          { rule: fc.nat(3), asset: fc.nat(2 ** 32 - 1), at: earlier(ref) },
          { noNullPrototype: true },
        ),
      ),
      fullAssets: fc.array(fc.record({ rule: small, at: earlier(ref) }, { noNullPrototype: true })),
      patterns: fc.array(
        fc.record(
          {
            pattern: small,
            paidAt: earlier(ref),
            values: fc.array(
              fc.record(
                { value: fc.integer({ min: -5, max: 2 ** 32 - 1 }), at: earlier(ref) },
                { noNullPrototype: true },
              ),
            ),
          },
          { requiredKeys: ['pattern', 'values'], noNullPrototype: true },
        ),
      ),
      earned: fc.record({ id: ids, at: earlier(ref) }, { noNullPrototype: true }),
    },
    { requiredKeys: ['ref', 'sums', 'periods', 'assets', 'fullAssets', 'patterns'], noNullPrototype: true },
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
    recent: entries,
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
    requiredKeys: ['stage', 'stageAt', 'furthest', 'count', 'recent', 'tally', 'profileChanges', 'policy'],
    noNullPrototype: true,
  },
);
const head: fc.Arbitrary<LeadHead> = fc
  .tuple(lead, fc.boolean(), fc.option(fc.record({ at: times, id: ids }, { noNullPrototype: true })))
  .map(([decided, isFrozen, watermark]) => {
    const last = decided.recent.at(-1);
    // What earned is mostly one of the recent ones.
    const isRecent = last !== undefined && last.at <= decided.tally.ref && isFrozen;
    const earned = isRecent ? { earned: { id: last.id, at: last.at } } : {};
    return {
      lead: { ...decided, tally: { ...decided.tally, ...earned } },
      frozen: new Set(isFrozen ? decided.recent.filter((_, i) => i % 3 === 0).map(({ id }) => id) : []),
      ...(watermark === null ? {} : { watermark }),
    };
  });

describe('a head as bytes', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(head, (before) => {
        expect(decodeHead(encodeHead(before))).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused if a part of it is missing, or it is of another format', () => {
    fc.assert(
      fc.property(head, fc.double({ min: 0, max: 0.999, noNaN: true }), (before, part) => {
        const { bytes, ...encoded } = encodeHead(before);
        const less = bytes.subarray(0, Math.floor(part * bytes.length));
        expect(() => decodeHead({ ...encoded, bytes: less })).toThrow(UnreadableBytesError);
        const other = Uint8Array.from(bytes, (byte, i) => (i === 0 ? 2 : byte));
        expect(() => decodeHead({ ...encoded, bytes: other })).toThrow('format 2');
      }),
    );
  });

  it('does not change while another one is written', () => {
    const [first, second] = fc.sample(head, { numRuns: 2, seed: 1 });
    const { bytes } = encodeHead(first!);
    const copy = Uint8Array.from(bytes);
    encodeHead(second!);
    expect(Uint8Array.from(bytes)).toEqual(copy);
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
  '0104000800084101c70112737072696e672d316f776e2d6b696e646b320300000000000000aa00000000000000bb00000000000000cc048090f298b368000002171a45031e220080b89929014102174248010a00022a0080f0b252';
