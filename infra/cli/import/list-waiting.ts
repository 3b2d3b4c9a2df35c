import { assess } from '../../../shared/domain/assessment.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import { type Instant, instantOf } from '../../../shared/domain/time.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { policyOfLead } from '../../../shared/leads/policy-of-lead.ts';
import type { LeadRecords, LeadStore, PolicySource, WaitingLeads } from '../../../shared/ports.ts';

/** A lead that its history would have made an MQL, for people to decide about. */
export type WaitingLead = Readonly<{
  leadId: string;
  by: 'interest' | 'asked';
  /** What makes it one: the engagement, by its producer's id as far as that is known, and when it happened. */
  engagementId: string;
  occurredAt: Instant;
  /** Where the lead came from first. */
  origin: string;
  /** As shown, now. */
  score: number;
}>;

export type WaitingDeps = Readonly<{
  waiting: WaitingLeads;
  leads: Pick<LeadStore, 'load' | 'timeline'>;
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
  const inForce = await policy.current();
  const read = async (leadId: string): Promise<WaitingLead | undefined> => {
    const loaded = await leads.load(leadId);
    const { state } = loaded;
    if (state?.wouldBeMql === undefined) return undefined;
    const { by, causeId: engagementId } = state.wouldBeMql;
    const profile = (await records.load('profile', leadId)).state ?? {};
    const judging = await policyOfLead(policy, state, inForce);
    const timeline = await leads.timeline(leadId, loaded, wholeSpan);
    const ref = engagementRef(engagementId);
    const cause = timeline.find(({ id }) => id === ref);
    return {
      leadId,
      by,
      engagementId,
      occurredAt: cause === undefined ? state.wouldBeMql.since : instantOf(cause.at),
      origin: timeline[0]?.origin ?? noOrigin,
      score: assess(state, profile, judging.policy, now).score,
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
