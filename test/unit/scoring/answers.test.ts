import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { decodeEntries, encodeEntries } from '../../../shared/adapters/lead-codec/head.ts';
import { type Answers, answersIn, changeAnswers } from '../../../shared/domain/answers.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import { facetsOf, longestFacet } from '../../../shared/domain/facets.ts';
import { memoryLeadRecords } from '../../../shared/simulation/memory-leads.ts';
import type { crashing } from '../../support/crashes.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { redelivered } from '../../support/redelivery.ts';
import {
  anEngagement,
  day,
  engagementMessage,
  type ScoringWorld,
  scoringWorld,
} from '../../support/scoring-world.ts';

const policy = defaultPolicy();
const lead = { email: 'jo@acme.example' };
const filledIn = (id: string, days: number, properties: Record<string, string | number>) =>
  engagementMessage(
    anEngagement({ id, kind: 'content-downloaded', occurredAt: day(days), properties }),
    day(9),
  );
const readBySales = async (world: ScoringWorld) =>
  (await world.view(await world.leadIdOf(lead)))?.evidence.answers;

describe('what a lead writes into forms', () => {
  it.each([
    ['page-viewed', { 'form.challenge': 'time', other: 'x', asset: 'a' }, { challenge: 'time' }],
    ['demo-requested', { 'form.challenge': 'time', size: 7, asset: 'a' }, { challenge: 'time', size: '7' }],
    ['page-viewed', { other: 'x' }, {}],
  ])('%s with %j says %j', (kind, properties, expected) => {
    const said = answersIn(anEngagement({ kind, properties }), policy);
    expect(Object.fromEntries(said.map(({ field, value }) => [field, value]))).toEqual(expected);
  });

  it('is not in the timeline', async () => {
    const world = scoringWorld();
    await world.receive(filledIn('e', 0, { 'form.challenge': 'time', asset: 'guide' }));
    expect(await world.timeline(await world.leadIdOf(lead))).toMatchObject([{ facets: { asset: 'guide' } }]);
    expect(JSON.stringify((await world.load(await world.leadIdOf(lead))).state)).not.toContain('time');
    expect(await readBySales(world)).toEqual({ challenge: 'time' });
  });

  it('is the latest of each field by the time of the engagement', async () => {
    const world = scoringWorld();
    await world.receive(
      filledIn('b', 2, { 'form.challenge': 'late', 'form.size': '2' }),
      filledIn('a', 1, { 'form.challenge': 'early', 'form.role': 'boss' }),
    );
    expect(await readBySales(world)).toEqual({ challenge: 'late', size: '2', role: 'boss' });
  });

  it('is left out as long as the engagement does not count', async () => {
    const world = scoringWorld();
    const leadId = await world.leadIdOf(lead);
    await world.receive(
      filledIn('e', 0, { 'form.challenge': 'spam' }),
      filledIn('f', 0, { 'form.size': '2' }),
    );
    const judge = (verdict: 'hold' | 'release', sequence: number) =>
      world.judge({
        id: `v${sequence}`,
        leadId,
        engagementId: 'e',
        verdict,
        sequence,
        by: 'anna',
        reason: 'so',
      });
    await judge('hold', 1);
    expect(await readBySales(world)).toEqual({ size: '2' });
    await judge('release', 2);
    expect(await readBySales(world)).toEqual({ challenge: 'spam', size: '2' });
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'is kept, however a worker stops at its call %d',
    async (call) => {
      for (const when of ['before', 'after'] as const) {
        const points = [{ call, when }];
        let wrap: ReturnType<typeof crashing>['wrap'] = (port) => port;
        const world = scoringWorld({
          wrap: ({ leads, records, rawLog }) => {
            const through = <P extends object>(port: P): P =>
              new Proxy(port, {
                get: (target, key) => Reflect.get(wrap(target), key),
              });
            return { leads: through(leads), records: through(records), rawLog: through(rawLog) };
          },
        });
        await redelivered(points, async (next) => {
          wrap = next;
          await world.scoreLead([filledIn('e', 0, { 'form.challenge': 'time' })]);
        });
        expect(await readBySales(world)).toEqual({ challenge: 'time' });
        const { version } = await memoryLeadRecords(world.table).load('answers', await world.leadIdOf(lead));
        expect(version).toBe(1);
      }
    },
  );

  const said = fc.record({
    at: fc.integer({ min: 0, max: 5 }),
    id: fc.constantFrom('a', 'b', 'c').map(engagementRef),
    fields: fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.constantFrom('1', '2')),
  });
  test.prop([
    fc
      .array(said, { maxLength: 8 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
      ),
  ])('comes to the same in any order, however often', ([all, shuffled]) => {
    const kept = (of: typeof all) =>
      of.reduce<Answers>(
        (answers, { fields, ...key }) =>
          changeAnswers(
            answers,
            key,
            Object.entries(fields).map(([field, value]) => ({ field, value })),
          ),
        {},
      );
    expect(kept(shuffled)).toEqual(kept(all));
    const whole = kept(all);
    for (const { fields, ...key } of all)
      expect(
        changeAnswers(
          whole,
          key,
          Object.entries(fields).map(([field, value]) => ({ field, value })),
        ),
      ).toBe(whole);
  });

  it('does not grow without end', () => {
    let answers: Answers = {};
    for (let i = 0; i < 100; i++)
      answers = changeAnswers(answers, { at: i, id: engagementRef(`${i}`) }, [
        { field: `f${i}`, value: 'v' },
      ]);
    expect(Object.keys(answers)).toHaveLength(60);
    expect(answers.f99).toBeDefined();
    expect(answers.f39).toBeUndefined();
  });
});

describe('what a timeline keeps of an engagement', () => {
  it('is what scoring reads and the asset, cut to what rules compare', () => {
    const engagement = anEngagement({
      kind: 'page-viewed',
      properties: { asset: 'x'.repeat(100), page: '/a', secret: 'no' },
    });
    expect(facetsOf(engagement, policy)).toEqual({ asset: 'x'.repeat(longestFacet) });
  });

  it.each<[what: string, asset: string, kept: string]>([
    ['a character at the cut is left out', `${'x'.repeat(63)}😀y`, 'x'.repeat(63)],
    ['one before it stays', `${'x'.repeat(62)}😀y`, `${'x'.repeat(62)}😀`],
    ['many are cut between two', '😀'.repeat(40), '😀'.repeat(32)],
    ['half a character is told as unknown', 'a\ud83d', 'a\ufffd'],
    ['so it is at the cut', `${'x'.repeat(63)}\ud83dyy`, `${'x'.repeat(63)}\ufffd`],
  ])('comes back as it was kept: %s', (_, asset, kept) => {
    const facets = facetsOf(anEngagement({ kind: 'page-viewed', properties: { asset } }), policy);
    expect(facets).toEqual({ asset: kept });
    const entry = { id: '0'.repeat(16), at: 0, kind: 'page-viewed', facets };
    expect(decodeEntries(encodeEntries([entry]))).toEqual([entry]);
  });

  it('is what each of two policies reads', () => {
    const [first, ...others] = policy.scoring.rules.filter(({ kind }) => kind.includes('page-viewed'));
    const when = [{ property: 'page', equals: '/a', not: false }];
    const next = { ...policy, scoring: { ...policy.scoring, rules: [{ ...first!, when }, ...others] } };
    const engagement = anEngagement({ kind: 'page-viewed', properties: { page: '/a', asset: 'a' } });
    expect(facetsOf(engagement, policy, next)).toEqual({ page: '/a', asset: 'a' });
  });
});
