import { fc, test } from '@fast-check/vitest';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeResolveLead } from '../../../shared/leads/resolve-lead.ts';
import { memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadRecords } from '../../../shared/simulation/memory-leads.ts';
import type { CrashPoint } from '../../support/crashes.ts';
import { redelivered } from '../../support/redelivery.ts';
import { testKeyedHash } from '../../support/scoring-world.ts';

describe('whose engagement it is', () => {
  let leadIdOf: ReturnType<typeof makeResolveLead>;
  beforeEach(() => {
    leadIdOf = makeResolveLead({ records: memoryLeadRecords(memoryTable()), keyedHash: testKeyedHash });
  });

  it('names a lead by a pseudonym that is the same wherever it is made', async () => {
    const id = await leadIdOf({ email: 'Jo@Acme.example' });
    expect(id).toBe(`l${await testKeyedHash.of('email:jo@acme.example')}`);
    expect(await leadIdOf({ email: 'jo@acme.example' })).toBe(id);
  });

  it('joins an anonymous lead to the first address that identifies it', async () => {
    const visitor = await leadIdOf({ anonymousId: 'a1' });
    expect(await leadIdOf({ anonymousId: 'a1', email: 'jo@acme.example' })).toBe(visitor);
    expect(await leadIdOf({ email: 'jo@acme.example' })).toBe(visitor);
  });

  it('gives a second address on the same device a lead of its own, and leaves the device with the first', async () => {
    const first = await leadIdOf({ anonymousId: 'a1', email: 'jo@acme.example' });
    const second = await leadIdOf({ anonymousId: 'a1', email: 'al@acme.example' });
    expect(second).not.toBe(first);
    expect(await leadIdOf({ anonymousId: 'a1' })).toBe(first);
    expect(await leadIdOf({ email: 'al@acme.example' })).toBe(second);
  });

  it('follows the user id before the address', async () => {
    const known = await leadIdOf({ email: 'jo@acme.example' });
    expect(await leadIdOf({ userId: 'u1', email: 'jo@acme.example' })).toBe(known);
    expect(await leadIdOf({ userId: 'u1', email: 'new@acme.example' })).toBe(known);
    expect(await leadIdOf({ email: 'new@acme.example' })).toBe(known);
    expect(await leadIdOf({ userId: 'u2', email: 'jo@acme.example' })).not.toBe(known);
  });

  it('joins a user id to the person whom an address identified on the device', async () => {
    const jo = await leadIdOf({ anonymousId: 'a1', email: 'jo@acme.example' });
    expect(await leadIdOf({ anonymousId: 'a1', userId: 'u1' })).toBe(jo);
    expect(await leadIdOf({ anonymousId: 'a1', userId: 'u2', email: 'al@acme.example' })).not.toBe(jo);
  });

  it('never merges two known leads', async () => {
    const visitor = await leadIdOf({ anonymousId: 'a1' });
    const jo = await leadIdOf({ email: 'jo@acme.example' });
    expect(await leadIdOf({ anonymousId: 'a1', email: 'jo@acme.example' })).toBe(jo);
    expect(await leadIdOf({ anonymousId: 'a1' })).toBe(visitor);
  });

  const reference = fc
    .record({
      userId: fc.option(fc.constantFrom('u1', 'u2'), { nil: undefined }),
      email: fc.option(fc.constantFrom('a@x.example', 'b@x.example'), { nil: undefined }),
      anonymousId: fc.option(fc.constantFrom('d1', 'd2'), { nil: undefined }),
    })
    .filter(({ userId, email, anonymousId }) => (userId ?? email ?? anonymousId) !== undefined);

  test.prop(
    [
      fc.array(reference, { maxLength: 8 }),
      fc.array(fc.record({ call: fc.nat(7), when: fc.constantFrom('before', 'after') })),
    ],
    { numRuns: 300 },
  )('an answer once given stays, whatever stops in between', async (references, crashes) => {
    const records = memoryLeadRecords(memoryTable());
    const points: CrashPoint[] = [...crashes];
    const answers: string[] = [];
    for (const one of references)
      answers.push(
        await redelivered(points, (wrap) =>
          makeResolveLead({ records: wrap(records), keyedHash: testKeyedHash })(one),
        ),
      );
    const resolve = makeResolveLead({ records, keyedHash: testKeyedHash });
    for (const [i, one] of references.entries()) expect(await resolve(one)).toBe(answers[i]);
  });

  test.prop([fc.array(reference, { minLength: 2, maxLength: 5 }), fc.scheduler()], { numRuns: 200 })(
    'those who ask at the same time get answers that stay',
    async (references, scheduler) => {
      const records = memoryLeadRecords(memoryTable());
      const racing = {
        ...records,
        load: scheduler.scheduleFunction(records.load),
        commit: scheduler.scheduleFunction(records.commit),
      } as typeof records;
      const ask = makeResolveLead({ records: racing, keyedHash: testKeyedHash });
      const answers = await scheduler.waitFor(Promise.all(references.map(ask)));
      const again = makeResolveLead({ records, keyedHash: testKeyedHash });
      for (const [i, one] of references.entries()) expect(await again(one)).toBe(answers[i]);
    },
  );
});
