import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../infra/cli/seeded-random.ts';
import { dynamoGround, memoryGround } from '../../support/lead-grounds.ts';
import { leadHistory } from '../../support/lead-history.ts';
import { chunksOf, faultsOf, leadId, live } from '../../support/lead-log-run.ts';
import { Turns } from '../../support/turns.ts';

const early = { at: 0, id: '0'.repeat(16) };
const late = { at: Date.UTC(2100), id: 'f'.repeat(16) };
const seeds = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

describe.each([
  ['items in memory', memoryGround],
  ['items of DynamoDB', dynamoGround],
] as const)('a lead over %s', (_, ground) => {
  it.each([1, 2, 3, 4])(
    'has every engagement once, whatever happens (%i)',
    async (part) => {
      const wrong: unknown[] = [];
      let moved = 0;
      for (const seed of seeds(1000 * part, 260)) {
        const history = leadHistory(seed);
        const turns = new Turns();
        const lead = ground(history, turns, seededRandom(seed + 1));
        await live(history, seed, turns, lead);
        const faults = await faultsOf(history, lead);
        if (faults.length > 0) wrong.push({ seed, faults });
        const chunks = await chunksOf(lead.items);
        const markers = await lead.items.between(leadId, early, late);
        if (chunks.length > 0 && markers.length > chunks.flat().length) moved++;
      }
      expect(wrong).toEqual([]);
      // Or nothing was tried.
      expect(moved).toBeGreaterThan(50);
    },
    60_000,
  );
});
