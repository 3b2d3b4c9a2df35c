import { advanceLeadJob } from '../../functions/advance-lead/job.ts';
import { makeEnrollNurture } from '../../functions/enroll-nurture/enroll-nurture.ts';
import { makeOpenHandoff } from '../../functions/open-handoff/open-handoff.ts';
import { makeRecordJourney } from '../../functions/record-journey/record-journey.ts';
import { makeScoreLead } from '../../functions/score-lead/score-lead.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import type { JourneyStates } from '../../shared/domain/journey.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { wholeSpan } from '../../shared/domain/timeline.ts';
import type { EngagementJudged, MergeLeads } from '../../shared/events/commands.ts';
import type { StampedFact } from '../../shared/events/facts.ts';
import type { LeadReference } from '../../shared/events/inbound.ts';
import { makeFollowMerges } from '../../shared/leads/follow-merges.ts';
import { leadEvidenceReader, leadReader } from '../../shared/leads/lead-reader.ts';
import { leadLog } from '../../shared/leads/log/lead-log.ts';
import { makeResolveLead } from '../../shared/leads/resolve-lead.ts';
import type { LeadPairStore, PublishedPolicy, Rejection } from '../../shared/ports.ts';
import { laggingLeadItems } from '../../shared/simulation/lagging-lead-items.ts';
import { memoryAggregates, memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import { fullAt, memoryLeadItems } from '../../shared/simulation/memory-lead-items.ts';
import { memoryLeadRecords } from '../../shared/simulation/memory-leads.ts';
import { memoryMetrics } from '../../shared/simulation/memory-metrics.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { aRoster } from './roster.ts';
import { testKeyedHash } from './scoring-world.ts';
import type { Wrap } from './spilling-leads.ts';

const plain: Wrap = (port) => port;

/** Everybody who has a part in a merge, over tables in memory. Leads spill soon, and stale reads of them may be behind. */
export const mergeWorld = (
  published: PublishedPolicy,
  {
    now = '2026-12-12T00:00:00.000Z',
    isBehind = () => false,
    bug = (leads) => leads,
  }: { now?: Instant; isBehind?: () => boolean; bug?: (leads: LeadPairStore) => LeadPairStore } = {},
) => {
  const tables = {
    leads: memoryTable(),
    sales: memoryTable(),
    nurture: memoryTable(),
    journeys: memoryTable(),
  };
  tables.sales.items.put({ kind: 'roster', id: 'current', version: 1, state: aRoster(), facts: [] });
  const items = laggingLeadItems(memoryLeadItems(tables.leads), isBehind);
  const rejections: Rejection[] = [];
  const time = { now };
  const clock = { now: () => time.now };
  const policy = onePolicy(published);

  /** One process: `wrap` is around each call that it makes. */
  const worker = (wrap: Wrap = plain) => {
    const leads = bug(leadLog(wrap(items), fullAt(6)));
    const records = wrap(memoryLeadRecords(tables.leads));
    const sales = wrap(memoryAggregates<SalesStates>(tables.sales));
    const nurture = wrap(memoryAggregates<NurtureStates>(tables.nurture));
    const reader = leadEvidenceReader({ leads, records, policies: policy });
    const deps = {
      leads,
      records,
      policy,
      clock,
      keyedHash: testKeyedHash,
      rawLog: { append: async () => undefined },
      rejected: { add: async (entry: Rejection) => void rejections.push(entry) },
      handoffs: sales,
      nurture,
      metrics: memoryMetrics(),
    };
    const advance = advanceLeadJob(deps);
    const run = async (message: Parameters<typeof advance.work>[0][number]) => {
      const [outcome] = await advance.work([message]);
      if (outcome?.status === 'rejected') throw outcome.reason;
      return outcome?.value;
    };
    const accounts = { account: async () => undefined };
    const openHandoff = makeOpenHandoff({ aggregates: sales, leads: reader, accounts, policy, clock });
    const enrol = makeEnrollNurture({
      nurture,
      leads: leadReader({ leads, records, policies: policy }),
      policy,
      clock,
    });
    const record = makeRecordJourney({ journeys: wrap(memoryAggregates<JourneyStates>(tables.journeys)) });
    const receivedAt = time.now;
    return {
      score: makeScoreLead(deps),
      advance: run,
      merge: (detail: MergeLeads) => run({ type: 'MergeLeads', detail, receivedAt }),
      judge: (detail: EngagementJudged) => run({ type: 'EngagementJudged', detail, receivedAt }),
      due: (id: string) => run({ type: 'Due', detail: { kind: 'lead', id, dueAt: time.now }, receivedAt }),
      openHandoff,
      enrol,
      record,
      /** All who hear of a merge, one after another. */
      async hear(fact: StampedFact): Promise<void> {
        await record(fact);
        if (fact.type !== 'LeadMerged') return;
        await openHandoff.merged(fact);
        await enrol(fact);
      },
    };
  };

  const leads = leadLog(items, fullAt(6));
  const follow = makeFollowMerges(leads);
  return {
    tables,
    time,
    rejections,
    worker,
    leads,
    leadIdOf: (name: LeadReference) =>
      makeResolveLead({ records: memoryLeadRecords(tables.leads), keyedHash: testKeyedHash })(name),
    head: async (leadId: string) => (await leads.load(leadId)).state,
    /** Whom it is now, with all that it did. */
    async now(named: string) {
      const { leadId, loaded } = await follow(named);
      return {
        leadId,
        lead: loaded.state,
        dueAt: loaded.dueAt,
        timeline: await leads.timeline(leadId, loaded, wholeSpan),
      };
    },
    view: (named: string) =>
      leadEvidenceReader({ leads, records: memoryLeadRecords(tables.leads), policies: policy }).view(
        named,
        published,
        time.now,
      ),
    sales: memoryAggregates<SalesStates>(tables.sales),
    nurture: memoryAggregates<NurtureStates>(tables.nurture),
    journeys: memoryAggregates<JourneyStates>(tables.journeys),
    records: memoryLeadRecords(tables.leads),
  };
};
export type MergeWorld = ReturnType<typeof mergeWorld>;
