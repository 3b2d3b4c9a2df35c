import type { Instant } from '../../../shared/domain/time.ts';
import { viewLead } from '../../../shared/domain/view-lead.ts';
import type { LeadRecords, LeadStore, PolicySource, WaitingLeads } from '../../../shared/ports.ts';

/** A lead that its history would have made an MQL, for people to decide about. */
export type WaitingLead = Readonly<{
  leadId: string;
  by: 'interest' | 'asked';
  /** What makes it one: the producer's id of the engagement, and when it happened. */
  engagementId: string;
  occurredAt: Instant;
  /** Where the lead came from first. */
  origin: string;
  /** As shown, now. */
  score: number;
}>;

export type WaitingDeps = Readonly<{
  waiting: WaitingLeads;
  leads: Pick<LeadStore, 'load'>;
  records: Pick<LeadRecords, 'load'>;
  policy: PolicySource;
}>;

export const noOrigin = '(none)';
const atOnce = 20;

/** Everybody who waits. Each lead is read: the list itself may be behind. */
export async function* listWaiting(
  { waiting, leads, records, policy }: WaitingDeps,
  now: Instant,
): AsyncGenerator<WaitingLead> {
  const { policy: rules } = await policy.current();
  const read = async (leadId: string): Promise<WaitingLead | undefined> => {
    const { state } = await leads.load(leadId);
    if (state?.wouldBeMql === undefined) return undefined;
    const { by, causeId: engagementId } = state.wouldBeMql;
    const profile = (await records.load('profile', leadId)).state ?? {};
    return {
      leadId,
      by,
      engagementId,
      occurredAt: state.timeline.find(({ id }) => id === engagementId)?.occurredAt ?? state.wouldBeMql.since,
      origin: state.timeline[0]?.origin ?? noOrigin,
      score: viewLead(leadId, state, profile, rules, now).score,
    };
  };
  let group: string[] = [];
  const readGroup = async () => {
    const found = await Promise.all(group.map(read));
    group = [];
    return found.filter((lead) => lead !== undefined);
  };
  for await (const id of waiting.ids()) {
    group.push(id);
    if (group.length === atOnce) yield* await readGroup();
  }
  yield* await readGroup();
}
