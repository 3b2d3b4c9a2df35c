import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { type EngagementRecorded, engagementRecorded } from '../../shared/events/inbound.ts';
import { isUsualEngagement } from '../../shared/events/usual-engagement.ts';
import { bodyOf, mixOf } from '../bench/mix.ts';

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    'ä',
    '\ud800',
    -0,
    1e308,
    Number.NaN,
    Infinity,
    [],
    {},
    'x'.repeat(65),
  ),
  fc.constantFrom<unknown>('x'.repeat(201), 'x'.repeat(255), 'x'.repeat(2001), 'a b', 'a\n', undefined),
  fc.jsonValue(),
);
/** Mostly the first. */
const mostly = <T>(usual: fc.Arbitrary<T>, ...others: readonly fc.Arbitrary<unknown>[]) =>
  fc.oneof(
    { weight: 25, arbitrary: usual },
    ...[...others, odd].map((arbitrary) => ({ weight: 1, arbitrary })),
  );
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

const two = (n: number): string => String(n).padStart(2, '0');
const days = fc
  .record({ year: fc.integer({ min: 0, max: 2100 }), month: fc.nat(14), day: fc.nat(33), hour: fc.nat(25) })
  .map(
    ({ year, month, day, hour }) =>
      `${two(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:59:59.999Z`,
  );
const times = mostly(
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  days,
  days,
  fc.constantFrom('2026-11-02T09:00:00Z', '2026-11-02T09:00:00+01:00', '2024-02-29T00:00:00.000Z'),
);
const ids = mostly(fc.uuid(), fc.string({ maxLength: 210 }));
const emails = mostly(
  fc.emailAddress(),
  fc.constantFrom(' jo@acme.example', 'JO@Acme.Example', 'a..b@c.de', 'jo@acme', `${'x'.repeat(250)}@ac.me`),
);
const texts = mostly(fc.webUrl(), fc.string({ maxLength: 210 }));
const names = fc.oneof(
  { weight: 50, arbitrary: fc.oneof(fc.constantFrom('path', 'asset', 'toString', '1', '~'), fc.string()) },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'prototype', 'constructor', 'x'.repeat(101)) },
);
/** As it comes from JSON, so that a name such as `__proto__` is one of its own; in either order, sometimes with more. */
const record = (parts: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc
    .tuple(fc.record(parts), names, odd, fc.nat(20), fc.boolean())
    .map(([own, name, value, chance, isReversed]) => {
      const all: [string, unknown][] = Object.entries(own);
      if (chance === 0) all.push([name, value]);
      return parsed(isReversed ? all.reverse() : all);
    });
const parsed = (all: readonly (readonly [string, unknown])[]): unknown => {
  const pairs = all.flatMap(([name, value]) => {
    const json = JSON.stringify(value);
    return json === undefined ? [] : [`${JSON.stringify(name)}:${json}`];
  });
  return JSON.parse(`{${pairs.join()}}`);
};
const property = mostly(
  fc.oneof(texts, fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()),
);
const detail = record({
  id: ids,
  kind: mostly(
    fc.constant('page-viewed'),
    fc.constantFrom('k', 'Page', 'a--b', '-a', 'x'.repeat(64), 'x'.repeat(65)),
  ),
  occurredAt: sometimes(times),
  lead: mostly(
    fc.oneof(record({ userId: ids }), record({ email: emails }), record({ anonymousId: ids })),
    record({ userId: sometimes(ids), email: sometimes(emails), anonymousId: sometimes(ids) }),
  ),
  source: sometimes(
    mostly(
      record({ origin: sometimes(texts), landingPage: sometimes(texts) }),
      record({ qr: texts, origin: texts }),
    ),
  ),
  properties: sometimes(
    mostly(
      fc.array(fc.tuple(names, property), { maxLength: 5 }).map(parsed),
      fc.array(fc.tuple(fc.uuid(), fc.boolean()), { minLength: 48, maxLength: 53 }).map(parsed),
    ),
  ),
});

it('says of nothing that it is usual that the schema would refuse, or return in another way', () => {
  const seen = { usual: 0, right: 0, wrong: 0 };
  fc.assert(
    fc.property(detail, (one) => {
      const read = v.safeParse(engagementRecorded.schema, one);
      const isUsual = isUsualEngagement(one);
      seen[isUsual ? 'usual' : read.success ? 'right' : 'wrong']++;
      if (!isUsual) return;
      expect(read).toMatchObject({ success: true });
      // With all names in the same order: references to leads are compared as text.
      const { lead, ...others } = one as EngagementRecorded;
      const output = read.output as EngagementRecorded;
      expect({ ...output, lead: JSON.stringify(output.lead) }).toEqual({
        ...others,
        lead: JSON.stringify(lead),
      });
    }),
    { numRuns: 8000 },
  );
  // It was asked about all there is.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
});

it('finds engagements as they come usual', () => {
  for (const delivery of mixOf({ seed: 1, leads: 100, hotEvents: 100 }))
    expect(isUsualEngagement(JSON.parse(bodyOf(delivery)).detail)).toBe(true);
});

const usual = {
  id: 'e1',
  kind: 'page-viewed',
  occurredAt: '2026-11-30T09:00:00.000Z',
  lead: { email: 'jo@acme.example' },
};
it.each<[what: string, part: object]>([
  ['a day that there is not', { occurredAt: '2026-11-31T09:00:00.000Z' }],
  ['a day that there is in some years', { occurredAt: '2024-02-29T09:00:00.000Z' }],
  ['another form of time', { occurredAt: '2026-11-30T09:00:00Z' }],
  ['no name', { lead: {} }],
  ['two names', { lead: { email: 'jo@acme.example', userId: 'u' } }],
  ['space around a name', { lead: { email: ' jo@acme.example' } }],
  ['a part that is unknown', { more: 1 }],
  ['no kind', { kind: undefined }],
  [
    'too many properties',
    { properties: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`p${i}`, i])) },
  ],
  ['a property that is left out', { properties: JSON.parse('{"__proto__":1}') }],
  ['a property that is a list', { properties: { a: [] } }],
])('leaves one with %s to the schema', (_, part) => {
  expect(isUsualEngagement(usual)).toBe(true);
  expect(isUsualEngagement({ ...usual, ...part })).toBe(false);
});
