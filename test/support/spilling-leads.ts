import { expect } from 'vitest';
import { makeJudgeEngagement } from '../../functions/advance-lead/judge-engagement.ts';
import { makeMoveByHand } from '../../functions/advance-lead/move-by-hand.ts';
import { makeScoreLead } from '../../functions/score-lead/score-lead.ts';
import { asksToTalk, assess } from '../../shared/domain/assessment.ts';
import { countedTimeline, cutOffTime } from '../../shared/domain/counted.ts';
import { engagementRef } from '../../shared/domain/engagement-ref.ts';
import { paymentsOf } from '../../shared/domain/fold/payments.ts';
import { engagementAt } from '../../shared/domain/fold/score.ts';
import { receiptId } from '../../shared/domain/lead-records.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { wholeSpan } from '../../shared/domain/timeline.ts';
import type { EngagementRecorded } from '../../shared/events/inbound.ts';
import type { LeadItems } from '../../shared/leads/log/lead-items.ts';
import { leadLog } from '../../shared/leads/log/lead-log.ts';
import type { LeadStore, PublishedPolicy } from '../../shared/ports.ts';
import { laggingLeadItems } from '../../shared/simulation/lagging-lead-items.ts';
import { type MemoryTable, memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import { fullAt, memoryLeadItems } from '../../shared/simulation/memory-lead-items.ts';
import { memoryLeadRecords } from '../../shared/simulation/memory-leads.ts';
import { naiveEngagement } from '../../shared/simulation/naive-score.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { testKeyedHash } from './scoring-world.ts';

export type Wrap = <P extends object>(port: P) => P;
const plain: Wrap = (port) => port;

/** A lead's own item is full with so few engagements that most of what it does leaves it. */
const spilling = (items: LeadItems): LeadStore => leadLog(items, fullAt(6));

/** One lead in a table where leads spill soon, and all that changes it. Stale reads may be behind. */
export const spillingLead = async (
  published: PublishedPolicy,
  email: string,
  isBehind: () => boolean = () => false,
) => {
  const table: MemoryTable = memoryTable();
  const items = laggingLeadItems(memoryLeadItems(table), isBehind);
  const leadId = `l${await testKeyedHash.of(`email:${email}`)}`;

  /** One process: `wrap` is around each call that it makes, also those within a save. */
  const worker = (now: Instant, wrap: Wrap = plain) => {
    const deps = {
      leads: spilling(wrap(items)),
      records: wrap(memoryLeadRecords(table)),
      rawLog: wrap({ append: async () => undefined }),
      rejected: wrap({ add: async () => undefined }),
      policy: onePolicy(published),
      clock: { now: () => now },
      keyedHash: testKeyedHash,
    };
    return {
      score: makeScoreLead(deps),
      judge: makeJudgeEngagement(deps),
      move: makeMoveByHand(deps),
    };
  };

  const leads = spilling(items);
  const load = async () => {
    const loaded = await leads.load(leadId);
    return { lead: loaded.state, timeline: await leads.timeline(leadId, loaded, wholeSpan) };
  };

  /** When it happened, as the system has to have it: what it says, unless it was received without being believed. */
  const timeOf = async ({ id, occurredAt }: EngagementRecorded): Promise<Instant> => {
    const { state } = await memoryLeadRecords(table).load('receipt', receiptId(leadId, id));
    return state?.receivedAt ?? occurredAt ?? '';
  };
  /** Of two who race, one may believe it and be the first, after the other has written a receipt. */
  const racedTimeOf = async (one: EngagementRecorded): Promise<Instant> => {
    const { timeline } = await load();
    const ref = engagementRef(one.id);
    const isAtItsOwn = timeline.some(({ id, at }) => id === ref && at === Date.parse(one.occurredAt ?? ''));
    return isAtItsOwn && one.occurredAt !== undefined ? one.occurredAt : timeOf(one);
  };

  /**
   * Each of the engagements is in the timeline once, at its time, and what the lead adds up to is what they come to by
   * two other ways; so is what it asked last.
   */
  const expectExactlyOnce = async (
    all: readonly EngagementRecorded[],
    counts: (id: string) => boolean = () => true,
    { now = '2026-12-12T00:00:00.000Z', raced = false }: Readonly<{ now?: Instant; raced?: boolean }> = {},
  ) => {
    const { lead, timeline } = await load();
    if (lead === undefined) throw new Error('no lead');
    const once = await Promise.all(
      [...new Map(all.map((one) => [one.id, one])).values()].map(async (one) => ({
        ...one,
        occurredAt: await (raced ? racedTimeOf : timeOf)(one),
      })),
    );
    const keyed = once.map(({ id, occurredAt }) => `${occurredAt} ${engagementRef(id)}`).sort();
    expect(timeline.map(({ id, at }) => `${new Date(at).toISOString()} ${id}`)).toEqual(keyed);
    expect(lead.count).toBe(once.length);

    const { policy } = published;
    const t = Date.parse(now);
    const scored = once.filter(({ id, occurredAt }) => counts(id) && occurredAt > (lead.cutOff ?? ''));
    const { engagement } = assess(lead, {}, policy, now);
    expect(engagement).toBeCloseTo(naiveEngagement(scored, policy, t), 9);
    const counted = countedTimeline(lead, timeline);
    expect(engagement).toBeCloseTo(engagementAt(paymentsOf(counted, lead.cutOff, policy), policy, t), 9);
    const made = lead.stage === 'mql' ? engagementRef(lead.mqlCause?.id ?? '') : undefined;
    const asked = counted.findLast(
      (one) => asksToTalk(one, policy) && (one.at > cutOffTime(lead) || one.id === made),
    );
    expect(lead.ask?.id).toBe(asked?.id);

    const told = table.stream.flatMap((fact) =>
      fact.type === 'LeadAskedToTalk' ? [engagementRef(fact.engagementId)] : [],
    );
    expect(new Set(told).size).toBe(told.length);
    const asks = once.filter((one) => counts(one.id) && asksToTalk({ kind: one.kind }, policy));
    expect(told).toEqual(expect.arrayContaining(asks.map(({ id }) => engagementRef(id))));
    expect(new Set(table.stream.map(({ factId }) => factId)).size).toBe(table.stream.length);
    return { told, asks };
  };

  /** All that is stored. What left the lead is written again, the same, by whoever read it stale. */
  const kept = () =>
    [...table.items.values()].map(({ kind, version, ...item }) =>
      kind === 'lead-moved' ? { kind, ...item } : { kind, version, ...item },
    );

  return { table, items, kept, leadId, worker, load, timeOf, expectExactlyOnce };
};
export type SpillingLead = Awaited<ReturnType<typeof spillingLead>>;
