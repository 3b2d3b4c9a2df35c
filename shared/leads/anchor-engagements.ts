import { changeOf, decideAndCommit } from '../commit.ts';
import { decidedWith } from '../domain/decided-with.ts';
import { engagementRef } from '../domain/engagement-ref.ts';
import { type Lead, newLead } from '../domain/lead.ts';
import { receiptId } from '../domain/lead-records.ts';
import { epochOf, type Instant, later, MINUTE } from '../domain/time.ts';
import type { EntryKey } from '../domain/timeline.ts';
import type { LeadRecords } from '../ports.ts';
import { type ChangeLeadDeps, makeChangeLead } from './change-lead.ts';
import { makeFollowMerges } from './follow-merges.ts';

/** So far ahead of our own clock a time is still believed. */
const tolerated = 10 * MINUTE;

/** An engagement as it came; `occurredAt` may be missing, or not to be believed. */
export type Unanchored = Readonly<{ id: string; occurredAt?: Instant; receivedAt: Instant }>;

/**
 * The one time of an engagement, epoch milliseconds. `alsoAt`: under the names of absorbed leads it may have had other
 * ones, and be known by them.
 */
export type Anchor = Readonly<{ at: number; unanchored?: true; alsoAt?: readonly number[] }>;

const isUnbelievable = ({ occurredAt }: Unanchored, now: Instant): boolean =>
  // Nearly all are in the past: to compare is cheap.
  occurredAt === undefined || (occurredAt > now && occurredAt > later(now, tolerated));

/** Where an engagement is in the timeline if the time that it names was believed. */
export const ownKey = ({ id, occurredAt, receivedAt }: Unanchored): EntryKey => ({
  id: engagementRef(id),
  at: epochOf(occurredAt ?? receivedAt),
});

/**
 * Flags a lead in a write of its own before the first engagement without a believable time is taken: from then on each
 * new engagement is looked up among the first receipts, because a later copy may look sound.
 */
export const makeFlagUnanchored = (deps: ChangeLeadDeps) => {
  const changeLead = makeChangeLead(deps);
  const follow = makeFollowMerges(deps.leads);
  return async (named: string, engagements: readonly Unanchored[]): Promise<void> => {
    const now = deps.clock.now();
    const suspects = engagements.filter((engagement) => isUnbelievable(engagement, now)).map(ownKey);
    if (suspects.length === 0) return;
    await changeLead(
      named,
      async ({ leadId, loaded }) => {
        // Neither is ever taken back, so a stale lead says it as well.
        if (loaded.state?.hasUnanchored === true) return 'known';
        const known = await deps.leads.known(leadId, loaded, suspects);
        if (suspects.every(({ id }) => known.has(id))) return 'known';
        return (lead, { policy }) => {
          const flagged: Lead = { ...(lead ?? newLead(now, decidedWith(policy))), hasUnanchored: true };
          return { state: flagged, facts: [] };
        };
      },
      { ...(await follow(named, 'stale')), isStale: true },
    );
  };
};

/**
 * The one time of an engagement that is not in the lead's timeline. If its own cannot be believed, it is its first
 * receipt: fixed once, whichever copy comes first. One that an absorbed lead had is taken over.
 */
export const makeAnchor =
  (records: LeadRecords) =>
  async (leadId: string, lead: Lead | undefined, engagement: Unanchored, now: Instant): Promise<Anchor> => {
    const { id } = engagement;
    const receipt = receiptId(leadId, id);
    if (!isUnbelievable(engagement, now)) {
      if (lead?.hasUnanchored !== true) return { at: ownKey(engagement).at };
      const absorbed = await receiptsOf(records, lead.absorbed, id);
      const first = (await records.load('receipt', receipt)).state?.receivedAt ?? absorbed[0];
      return first === undefined ? { at: ownKey(engagement).at } : anchoredAt(first, absorbed);
    }
    const absorbed = await receiptsOf(records, lead?.absorbed, id);
    const first = await decideAndCommit(records, async () => {
      const loaded = await records.load('receipt', receipt);
      if (loaded.state !== undefined) return { changes: [], result: loaded.state.receivedAt };
      const receivedAt = absorbed[0] ?? engagement.receivedAt;
      return {
        changes: [changeOf('receipt', receipt, loaded, { state: { receivedAt } })],
        result: receivedAt,
      };
    });
    return anchoredAt(first, absorbed);
  };

/** When it was received first under the names of leads that were merged into this one. */
const receiptsOf = async (
  records: LeadRecords,
  absorbed: Lead['absorbed'] = [],
  engagementId: string,
): Promise<readonly Instant[]> => {
  const receipts = await Promise.all(
    absorbed.map(({ id }) => records.load('receipt', receiptId(id, engagementId))),
  );
  return receipts.flatMap(({ state }) => (state === undefined ? [] : [state.receivedAt]));
};

const anchoredAt = (receivedAt: Instant, absorbed: readonly Instant[]): Anchor => ({
  at: epochOf(receivedAt),
  unanchored: true,
  ...(absorbed.length === 0 ? {} : { alsoAt: absorbed.map(epochOf) }),
});
