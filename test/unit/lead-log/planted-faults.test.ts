import { expect, it } from 'vitest';
import { seededRandom } from '../../../infra/cli/seeded-random.ts';
import { memoryGround } from '../../support/lead-grounds.ts';
import { leadHistory } from '../../support/lead-history.ts';
import { faultsOf, live } from '../../support/lead-log-run.ts';
import { Turns } from '../../support/turns.ts';
import { wrongLeadLogs } from '../../support/wrong-lead-logs.ts';

it.each(Object.entries(wrongLeadLogs))('finds a store that %s', async (_, makeStore) => {
  for (let seed = 0; seed < 200; seed++) {
    const history = leadHistory(seed);
    const turns = new Turns();
    const lead = memoryGround(history, turns, seededRandom(seed + 1), makeStore);
    try {
      await live(history, seed, turns, lead);
    } catch {
      return;
    }
    if ((await faultsOf(history, lead)).length > 0) return;
  }
  expect.fail('nothing was found');
});
