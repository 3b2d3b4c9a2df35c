import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { makeApplyPolicy } from '../../../functions/advance-lead/apply-policy.ts';
import { makeScoreLead } from '../../../functions/score-lead/score-lead.ts';
import { scoredTimeline } from '../../../shared/domain/counted.ts';
import { foldEntries } from '../../../shared/domain/fold/fold-entries.ts';
import { scoringKey } from '../../../shared/domain/fold/scoring-index.ts';
import { engagementOf } from '../../../shared/domain/fold/tally-score.ts';
import { epochOf } from '../../../shared/domain/time.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { awaited } from '../../../shared/domain/would-be-mql.ts';
import { leadLog } from '../../../shared/leads/log/lead-log.ts';
import { longestInPassing } from '../../../shared/leads/scored-by.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import { memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { fullAt, memoryLeadItems } from '../../../shared/simulation/memory-lead-items.ts';
import { memoryLeadRecords } from '../../../shared/simulation/memory-leads.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { redelivered } from '../../support/redelivery.ts';
import {
  anEngagement,
  aProfileChange,
  day,
  engagementMessage,
  idealTraits,
  profileMessage,
  testKeyedHash,
} from '../../support/scoring-world.ts';

const base = defaultPolicy({ zone: 'UTC' });
const paying = (points: number): Policy => ({
  ...base,
  scoring: {
    ...base.scoring,
    rules: base.scoring.rules.map((rule) => (rule.kind.includes('page-viewed') ? { ...rule, points } : rule)),
  },
});
/** The last two score alike. */
const policies: readonly Policy[] = [
  base,
  paying(30),
  paying(-5),
  { ...base, mql: { ...base.mql, threshold: { score: 30, engagement: 1, fit: 0 } } },
];

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('visit' as const), n: fc.integer({ min: 0, max: 40 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('publish' as const), n: fc.nat(policies.length - 1) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('apply' as const),
      n: fc.nat(2),
      crash: fc.option(
        fc.record({ call: fc.nat(8), when: fc.constantFrom('before' as const, 'after' as const) }),
        { nil: undefined },
      ),
    }),
  },
);

test.prop([fc.boolean(), fc.array(step, { minLength: 1, maxLength: 12 })], { numRuns: 300 })(
  'publish, apply and engagements in any order, with stops: each score is a fold by one policy, and nobody moves twice',
  async (isLong, steps) => {
    const table = memoryTable();
    const published: PublishedPolicy[] = [{ hash: 'h0-1', sequence: 1, policy: base }];
    const inForce = () => published.at(-1)!;
    const policy = {
      current: async () => inForce(),
      published: async (hash: string) => published.find((one) => one.hash === hash)!.policy,
    };
    const leadId = `l${await testKeyedHash.of('email:jo@acme.example')}`;
    const deps = () => ({
      leads: leadLog(memoryLeadItems(table), fullAt(8)),
      records: memoryLeadRecords(table),
      rawLog: { append: async () => undefined },
      policy,
      clock: { now: () => day(0) },
      keyedHash: testKeyedHash,
    });
    const visit = (days: number) =>
      engagementMessage(anEngagement({ id: `visit-${days}`, occurredAt: day(-days) }), day(0));
    const profile = { ...profileMessage(aProfileChange({ id: 'p', traits: idealTraits }), day(0)) };
    const long = Array.from({ length: isLong ? longestInPassing + 1 : 1 }, (_, i) => visit(60 + i));
    await makeScoreLead(deps())([profile, ...long]);

    for (const each of steps) {
      if (each.type === 'visit') await makeScoreLead(deps())([visit(each.n)]);
      if (each.type === 'publish') {
        const sequence = published.length + 1;
        published.push({ hash: `h${each.n}-${sequence}`, sequence, policy: policies[each.n]! });
      }
      if (each.type === 'apply') {
        const sequence = Math.max(1, inForce().sequence - each.n);
        await redelivered(each.crash === undefined ? [] : [each.crash], (wrap) =>
          makeApplyPolicy({
            ...deps(),
            leads: leadLog(wrap(memoryLeadItems(table)), fullAt(8)),
            records: wrap(memoryLeadRecords(table)),
          })({ leadId, by: 'anna', sequence }),
        );
      }
      const { leads, records } = deps();
      const loaded = await leads.load(leadId);
      const lead = loaded.state!;
      const own = await policy.published(lead.policy.hash);
      const timeline = await leads.timeline(leadId, loaded, wholeSpan);
      const now = epochOf(day(0));
      expect(lead.policy.scoring).toBe(scoringKey(own));
      expect(engagementOf(lead.tally, own, now)).toBeCloseTo(
        engagementOf(foldEntries(scoredTimeline(lead, timeline), own), own, now),
        9,
      );
      if (each.type === 'apply' && each.n === 0) {
        expect(lead.policy.scoring).toBe(scoringKey(inForce().policy));
        const who = (await records.load('profile', leadId)).state!;
        expect(awaited(lead, { leadId, profile: who, policy: inForce(), now: day(0) })).toBeUndefined();
      }
    }
    const moves = table.stream.filter((fact) => fact.type === 'LeadStageChanged');
    expect(moves.length).toBeLessThanOrEqual(1);
    expect(new Set(table.stream.map(({ factId }) => factId)).size).toBe(table.stream.length);
  },
);
