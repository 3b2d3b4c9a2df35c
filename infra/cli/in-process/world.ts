import { hmacKeyedHash } from '../../../shared/adapters/hmac-keyed-hash.ts';
import type { SalesStates } from '../../../shared/commit-handoff.ts';
import type { JourneyStates } from '../../../shared/domain/journey.ts';
import type { NoticeStates } from '../../../shared/domain/notices.ts';
import type { NurtureStates } from '../../../shared/domain/nurture.ts';
import type { Roster } from '../../../shared/domain/roster.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type {
  AlertTopic,
  Clock,
  Mailer,
  Metrics,
  PublishedPolicy,
  RawLog,
  RejectedLog,
  Rejection,
  Tokens,
} from '../../../shared/ports.ts';
import { memoryAggregates, memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import {
  memoryAccountReader,
  memoryLeadReader,
  memoryLeadRecords,
  memoryLeads,
} from '../../../shared/simulation/memory-leads.ts';
import { virtualClock } from '../../../shared/simulation/virtual-clock.ts';

/** What leaves the system: mails, alerts, metrics, and the links in mails. */
export type Outside = Readonly<{ mailer: Mailer; topic: AlertTopic; metrics: Metrics; tokens: Tokens }>;

export type WorldOptions<O extends Outside> = Readonly<{
  startAt: Instant;
  policy: PublishedPolicy;
  roster: Roster;
  outside: (clock: Clock) => O;
}>;

/** All that the deployed stack has besides its functions, in memory. */
export const memoryWorld = <O extends Outside>({ startAt, policy, roster, outside }: WorldOptions<O>) => {
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
  return {
    clock,
    tables,
    rejections,
    ports: {
      leads: memoryLeads(tables.leads),
      records: memoryLeadRecords(tables.leads),
      leadReader: memoryLeadReader(tables.leads),
      accounts: memoryAccountReader(tables.leads),
      sales: memoryAggregates<SalesStates>(tables.sales),
      nurture: memoryAggregates<NurtureStates>(tables.nurture),
      notices: memoryAggregates<NoticeStates>(tables.notices),
      journeys: memoryAggregates<JourneyStates>(tables.journeys),
      policy: { current: async () => policy },
      keyedHash: hmacKeyedHash(async () => 'a key for simulations only'),
      ...outside(clock),
      publicBaseUrl: 'https://baton.test',
      rejected,
      rawLog,
      // Functions read it only.
      clock: clock satisfies Clock as Clock,
    },
  };
};

export type MemoryWorld = ReturnType<typeof memoryWorld<Outside>>;
