import { createHash } from 'node:crypto';
import { makeAdvanceLead } from '../../functions/advance-lead/advance-lead.ts';
import { makeJudgeEngagement } from '../../functions/advance-lead/judge-engagement.ts';
import { makeMoveByHand } from '../../functions/advance-lead/move-by-hand.ts';
import {
  type HistoryMessage,
  type LeadMessage,
  makeScoreLead,
  makeTakeHistory,
} from '../../functions/score-lead/score-lead.ts';
import type { HandoffStates } from '../../shared/domain/handoff.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { type TimelineEntry, wholeSpan } from '../../shared/domain/timeline.ts';
import type { EngagementJudged } from '../../shared/events/commands.ts';
import type { DealChanged, EngagementRecorded, ProfileChanged } from '../../shared/events/inbound.ts';
import { makeResolveLead } from '../../shared/leads/resolve-lead.ts';
import type {
  KeyedHash,
  LeadRecords,
  LeadStore,
  PublishedPolicy,
  RawLog,
  Rejection,
} from '../../shared/ports.ts';
import { memoryAggregates, memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import {
  memoryLeadEvidenceReader,
  memoryLeadRecords,
  memoryLeads,
} from '../../shared/simulation/memory-leads.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { publishedDefaultPolicy } from './default-policy.ts';

/** Monday 2026-11-02 00:00 UTC, and so many days later. */
export const day = (days: number): Instant =>
  new Date(Date.parse('2026-11-02T00:00:00.000Z') + days * 86_400_000).toISOString();

export const anEngagement = (overrides: Partial<EngagementRecorded> = {}): EngagementRecorded => ({
  id: crypto.randomUUID(),
  kind: 'page-viewed',
  occurredAt: day(0),
  lead: { email: 'jo@acme.example' },
  ...overrides,
});

export const aProfileChange = (overrides: Partial<ProfileChanged> = {}): ProfileChanged => ({
  id: crypto.randomUUID(),
  occurredAt: day(0),
  lead: { email: 'jo@acme.example' },
  ...overrides,
});

export const aDeal = (overrides: Partial<DealChanged> = {}): DealChanged => ({
  id: crypto.randomUUID(),
  lead: { email: 'jo@acme.example' },
  outcome: 'won',
  at: day(0),
  ...overrides,
});

/** Traits of somebody who fits as well as can be. */
export const idealTraits = { employees: 200, industry: 'software', role: 'director', country: 'DE' };

export const engagementMessage = (detail: EngagementRecorded, receivedAt = day(0)): LeadMessage => ({
  type: 'EngagementRecorded',
  detail,
  receivedAt,
});
export const profileMessage = (detail: ProfileChanged, receivedAt = day(0)): LeadMessage => ({
  type: 'ProfileChanged',
  detail,
  receivedAt,
});

export const dealMessage = (detail: DealChanged, receivedAt = day(0)): HistoryMessage => ({
  type: 'DealChanged',
  detail,
  receivedAt,
});

export const judgedMessage = (detail: EngagementJudged, receivedAt = day(0)) => ({
  type: 'EngagementJudged' as const,
  detail,
  receivedAt,
});

/** No secret: tests must be able to name leads. */
export const testKeyedHash: KeyedHash = {
  of: async (value) => createHash('sha256').update(value).digest('base64url').slice(0, 22),
};

export type ScoringPorts = Readonly<{ leads: LeadStore; records: LeadRecords; rawLog: RawLog }>;

/** Scoring and the lead's path over tables in memory. `wrap` puts something between the use cases and their ports. */
export const scoringWorld = ({
  policy = publishedDefaultPolicy(),
  wrap = (ports: ScoringPorts) => ports,
}: Readonly<{ policy?: PublishedPolicy; wrap?: (ports: ScoringPorts) => ScoringPorts }> = {}) => {
  const table = memoryTable();
  const handoffTable = memoryTable();
  const raw: Readonly<Record<string, unknown>>[] = [];
  const rejections: Rejection[] = [];
  const rejected = { add: async (entry: Rejection) => void rejections.push(entry) };
  const time = { now: day(0) };
  const clock = { now: () => time.now };
  const ports = wrap({
    leads: memoryLeads(table),
    records: memoryLeadRecords(table),
    rawLog: { append: async (entries) => void raw.push(...entries) },
  });
  const handoffs = memoryAggregates<HandoffStates>(handoffTable);
  const deps = { ...ports, policy: onePolicy(policy), clock, keyedHash: testKeyedHash };
  const leads = memoryLeads(table);
  return {
    table,
    raw,
    rejections,
    time,
    handoffs,
    policy,
    scoreLead: makeScoreLead(deps),
    takeHistory: makeTakeHistory(deps),
    judge: makeJudgeEngagement({ ...deps, rejected }),
    moveByHand: makeMoveByHand({ ...deps, rejected }),
    advanceLead: makeAdvanceLead({ ...deps, handoffs }),
    leadIdOf: makeResolveLead({ records: memoryLeadRecords(table), keyedHash: testKeyedHash }),
    load: (leadId: string) => leads.load(leadId),
    timeline: async (leadId: string): Promise<readonly TimelineEntry[]> =>
      leads.timeline(leadId, await leads.load(leadId), wholeSpan),
    view: (leadId: string) =>
      memoryLeadEvidenceReader(table, onePolicy(policy)).view(leadId, policy, time.now),
    facts: () => table.stream,
    /** Messages come in one by one, each at its receipt. */
    async receive(...messages: readonly LeadMessage[]) {
      const scoreLead = makeScoreLead(deps);
      for (const message of messages) {
        if (message.receivedAt > time.now) time.now = message.receivedAt;
        await scoreLead([message]);
      }
    },
  };
};
export type ScoringWorld = ReturnType<typeof scoringWorld>;
