import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../infra/cli/seeded-random.ts';
import type { LeadPairStore, LoadedLead } from '../../../shared/ports.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { mergeHistory } from '../../support/merge-history.ts';
import { liveMerges, mergeFaults } from '../../support/merge-run.ts';
import { mergeWorld } from '../../support/merge-world.ts';

const published = publishedDefaultPolicy({ zone: 'UTC' });

const live = async (seed: number, bug?: (leads: LeadPairStore) => LeadPairStore) => {
  const history = mergeHistory(seed);
  const random = seededRandom(seed + 1);
  const isBehind = () => random() < history.staleRate;
  const world = mergeWorld(published, { isBehind, ...(bug === undefined ? {} : { bug }) });
  await liveMerges(history, seed, world);
  return mergeFaults(history, published, world);
};

it.each([1, 2, 3, 4])(
  'leads that are merged have every engagement once, whatever happens (%i)',
  async (part) => {
    const wrong: unknown[] = [];
    let all = 0;
    for (let seed = 1000 * part; seed < 1000 * part + 260; seed++) {
      const { faults, merged } = await live(seed);
      if (faults.length > 0) wrong.push({ seed, faults });
      all += merged;
    }
    expect(wrong).toEqual([]);
    // Or nothing was tried.
    expect(all).toBeGreaterThan(150);
  },
  120_000,
);

describe('a merge that was done wrong is found', () => {
  it.each<[string, (leads: LeadPairStore) => LeadPairStore]>([
    [
      'one head after the other',
      (leads) => ({
        ...leads,
        async saveBoth(pair) {
          for (const { leadId, loaded, next } of pair)
            if ((await leads.save(leadId, loaded, next)) === 'conflict') return 'conflict';
          return 'saved';
        },
      }),
    ],
    ['without asking the one that went', (leads) => ({ ...leads, known: ofItself(leads.known) })],
    ['without what the one that went did', (leads) => ({ ...leads, timeline: ofItself(leads.timeline) })],
  ])('%s', async (_, bug) => {
    let found = 0;
    for (let seed = 1; seed <= 80; seed++) {
      // What was never finished, or cannot go on, is found as well.
      const faults = await live(seed, bug).then(
        (outcome) => outcome.faults,
        () => ['it failed'],
      );
      if (faults.length > 0) found++;
    }
    expect(found).toBeGreaterThan(0);
  });
});

/** A lead that knows nothing of others. */
const ofItself =
  <A, R>(ask: (leadId: string, loaded: LoadedLead, what: A) => R) =>
  (leadId: string, { ...loaded }: LoadedLead, what: A): R => {
    const { absorbed: _, ...state } = loaded.state ?? {};
    return ask(leadId, { ...loaded, ...(loaded.state === undefined ? {} : { state }) } as LoadedLead, what);
  };
