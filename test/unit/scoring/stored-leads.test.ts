import { describe, expect, it } from 'vitest';
import { makeScoreLead } from '../../../functions/score-lead/score-lead.ts';
import { seededRandom } from '../../../infra/cli/seeded-random.ts';
import { dynamoLeadRecords } from '../../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../../shared/adapters/dynamo-lead-store.ts';
import { foldEntries } from '../../../shared/domain/fold/fold-entries.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { makeResolveLead } from '../../../shared/leads/resolve-lead.ts';
import type { LeadRecords, LeadStore } from '../../../shared/ports.ts';
import { drawsOf } from '../../../shared/simulation/draws.ts';
import { memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadRecords, memoryLeads } from '../../../shared/simulation/memory-leads.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import { benchPolicy } from '../../bench/bench-policy.ts';
import { type Delivery, mixOf } from '../../bench/mix.ts';
import { meteredDynamo } from '../../support/metered-dynamo.ts';
import { plainLead } from '../../support/plain-lead.ts';
import { engagementMessage, testKeyedHash } from '../../support/scoring-world.ts';

type Kept = Readonly<{ leads: LeadStore; records: LeadRecords }>;

const inMemory = (): Kept => {
  const table = memoryTable();
  return { leads: memoryLeads(table), records: memoryLeadRecords(table) };
};
const inItems = (): Kept => {
  const client = meteredDynamo();
  return { leads: dynamoLeadStore(client, 'leads'), records: dynamoLeadRecords(client, 'leads') };
};

const policy = await benchPolicy();

/** What the leads are after all that, each with its timeline. */
const scored = async (kept: Kept, batches: readonly (readonly Delivery[])[]) => {
  let now = '';
  const deps = {
    ...kept,
    policy: onePolicy(policy),
    clock: { now: () => now },
    keyedHash: testKeyedHash,
    rawLog: { append: async () => undefined },
  };
  const scoreLead = makeScoreLead(deps);
  for (const batch of batches) {
    now = batch.at(-1)?.receivedAt ?? now;
    await scoreLead(batch.map(({ detail, receivedAt }) => engagementMessage(detail, receivedAt)));
  }
  const emails = new Set(batches.flat().map(({ detail }) => detail.lead.email ?? ''));
  const leads = [...emails].map(async (email) => {
    const leadId = await makeResolveLead(deps)({ email });
    const loaded = await kept.leads.load(leadId);
    return { lead: plainLead(loaded.state!), timeline: await kept.leads.timeline(leadId, loaded, wholeSpan) };
  });
  return Promise.all(leads);
};

/** In batches of up to eight; some are told much later than the others. */
const batchesOf = (seed: number): readonly (readonly Delivery[])[] => {
  const draws = drawsOf(seededRandom(seed));
  const all = mixOf({ seed, leads: 5, hotEvents: 150, hotDays: draws.whole(1, 60) });
  const late = all.filter(() => draws.chance(0.1));
  const inTime = all.filter((delivery) => !late.includes(delivery));
  const batches: Delivery[][] = [];
  for (let rest = [...inTime, ...late]; rest.length > 0; )
    batches.push(rest.splice(0, draws.whole(1, 8)).sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1)));
  return batches;
};

describe('leads that are read and written as items with every batch', () => {
  it.each([1, 2, 3, 4])('are what they are in memory, to the last bit (%i)', async (part) => {
    for (let seed = 100 * part; seed < 100 * part + 12; seed++) {
      const batches = batchesOf(seed);
      const items = await scored(inItems(), batches);
      expect(items).toEqual(await scored(inMemory(), batches));
      for (const { lead, timeline } of items) {
        const folded = plainLead({ ...lead, tally: foldEntries(timeline, policy.policy) });
        const { earned: _, sums, ...told } = lead.tally;
        const { earned: __, sums: expected, ...toldExpected } = folded.tally;
        expect(told).toEqual(toldExpected);
        sums.forEach((sum, i) => {
          expect(sum).toBeCloseTo(expected[i]!, 9);
        });
      }
    }
  });
});
