import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { CrashPoint } from '../support/crashes.ts';
import { readDigest } from '../support/notice-states.ts';
import { notifyWorld } from '../support/notify-world.ts';
import { aHandoff } from '../support/sales.ts';
import { breached } from '../support/sales-facts.ts';

const when = fc.constantFrom('before', 'after' as const);
const crashPoint: fc.Arbitrary<CrashPoint> = fc.record({ call: fc.nat(40), when });
const crashes = fc.array(crashPoint, { maxLength: 4 });
const breaches = fc.array(fc.constantFrom<'normal' | 'hot'>('normal', 'hot'), { minLength: 1, maxLength: 5 });

/** A stop is no answer: the message comes again. */
const quietly = async (run: () => Promise<unknown>) => {
  try {
    await run();
  } catch {
    // Delivered again by the test.
  }
};

describe('a stop before or after any call, and the message again', () => {
  test.prop([breaches, crashes, crashes])(
    'every breach reaches its manager, entries of the digest exactly once',
    async (priorities, stops, digestStops) => {
      const handoffs = priorities.map((priority, i) =>
        aHandoff({ id: `h-${i}`, leadId: `l-${i}`, priority }),
      );
      const facts = handoffs.map(({ id, leadId, priority }) =>
        breached({ factId: `f-${id}`, handoffId: id, leadId, priority }),
      );
      const world = notifyWorld({ handoffs });
      await world.setUp();

      for (const fact of facts) {
        for (const stop of stops) await quietly(() => world.crashAt(stop).notify(fact));
        await world.notify(fact);
        await world.notify(fact);
      }
      const normal = facts.filter(({ priority }) => priority === 'normal');
      const waiting = await readDigest(world.notices, 'mia');
      expect(waiting.map(({ factId }) => factId)).toEqual(normal.map(({ factId }) => factId));
      expect(world.topic.alerts.length).toBeGreaterThanOrEqual(facts.length);

      world.clock.at = '2026-11-23T10:01:00.000Z';
      for (const stop of digestStops) await quietly(() => world.crashAt(stop).tellDigest('mia'));
      await world.tellDigest('mia');
      expect(await readDigest(world.notices, 'mia')).toEqual([]);
      const told = world.mails.map(({ text }) => text).join(' ');
      for (const { leadId } of facts) expect(told).toContain(leadId);
    },
  );

  test.prop([fc.integer({ min: 2, max: 4 })])(
    'the same fact in several processes at once is one entry of the digest',
    async (processes) => {
      const world = notifyWorld();
      await world.setUp();
      await Promise.allSettled(
        Array.from({ length: processes }, () => world.crashAt(undefined).notify(breached())),
      );
      await world.notify(breached());
      expect(await readDigest(world.notices, 'mia')).toHaveLength(1);
    },
  );
});
