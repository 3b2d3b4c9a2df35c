import { hmacKeyedHash } from '../../../shared/adapters/hmac-keyed-hash.ts';
import type { SalesStates } from '../../../shared/commit-handoff.ts';
import type { JourneyStates } from '../../../shared/domain/journey.ts';
import type { NoticeStates } from '../../../shared/domain/notices.ts';
import type { NurtureStates } from '../../../shared/domain/nurture.ts';
import type { Roster } from '../../../shared/domain/roster.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { leadEvidenceReader, leadReader } from '../../../shared/leads/lead-reader.ts';
import { leadLog } from '../../../shared/leads/log/lead-log.ts';
import type {
  AlertTopic,
  Clock,
  Mailer,
  Metrics,
  MqlPace,
  PolicySource,
  PublishedPolicy,
  RawLog,
  RejectedLog,
  Rejection,
  Tokens,
} from '../../../shared/ports.ts';
import { memoryAggregates, memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { fullAt, memoryLeadItems } from '../../../shared/simulation/memory-lead-items.ts';
import { memoryAccountReader, memoryLeadRecords } from '../../../shared/simulation/memory-leads.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import { virtualClock } from '../../../shared/simulation/virtual-clock.ts';

/** What leaves the system: mails, alerts, metrics, and the links in mails. */
export type Outside = Readonly<{ mailer: Mailer; topic: AlertTopic; metrics: Metrics; tokens: Tokens }>;

export type WorldOptions<O extends Outside> = Readonly<{
  startAt: Instant;
  policy: PublishedPolicy;
  roster: Roster;
  outside: (clock: Clock) => O;
  /** Counts MQLs by points, for the surge brake. Absent: none is held back. */
  pace?: MqlPace;
  /** So many engagements of a lead are kept at hand at most; from there on the oldest are moved away. */
  recentAtMost?: number;
  /** Timelines up to here are looked at anew when the policy changes. Absent: as in the deployed stack. */
  longestAnew?: number;
}>;

const manyAtHand = 16;

/** All that the deployed stack has besides its functions, in memory. */
export const memoryWorld = <O extends Outside>({
  startAt,
  policy,
  roster,
  outside,
  pace,
  recentAtMost = manyAtHand,
  longestAnew,
}: WorldOptions<O>) => {
  const clock = virtualClock(startAt);
  const tables = {
    leads: memoryTable(),
    /** Handoffs and roster: they change in common transactions. */
    sales: memoryTable(),
    nurture: memoryTable(),
    notices: memoryTable(),
    journeys: memoryTable(),
  };
  tables.sales.items.put({
    kind: 'roster',
    id: 'current',
    version: 1,
    state: roster,
    facts: [],
  });
  const rejections: Rejection[] = [];
  const rejected: RejectedLog = { add: async (entry) => void rejections.push(entry) };
  const rawLog: RawLog = { append: async () => undefined };
  const policies: PolicySource = onePolicy(policy);
  const records = memoryLeadRecords(tables.leads);
  const leadItems = memoryLeadItems(tables.leads);
  const isFull = fullAt(recentAtMost);
  const leads = leadLog(leadItems, isFull);
  const out = outside(clock);
  return {
    clock,
    tables,
    rejections,
    ports: {
      /** What `leads` are kept in. */
      leadItems,
      isFull,
      leads,
      records,
      leadReader: leadReader({ leads, records, policies }),
      leadEvidence: leadEvidenceReader({ leads, records, policies }),
      accounts: memoryAccountReader(tables.leads),
      sales: memoryAggregates<SalesStates>(tables.sales),
      nurture: memoryAggregates<NurtureStates>(tables.nurture),
      notices: memoryAggregates<NoticeStates>(tables.notices),
      journeys: memoryAggregates<JourneyStates>(tables.journeys),
      policy: policies,
      keyedHash: hmacKeyedHash(async () => 'a key for simulations only'),
      ...out,
      ...(longestAnew === undefined ? {} : { longestAnew }),
      ...(pace === undefined ? {} : { brake: { pace, metrics: out.metrics } }),
      publicBaseUrl: 'https://baton.test',
      rejected,
      rawLog,
      // Functions read it only.
      clock: clock satisfies Clock as Clock,
    },
  };
};

export type MemoryWorld = ReturnType<typeof memoryWorld<Outside>>;
