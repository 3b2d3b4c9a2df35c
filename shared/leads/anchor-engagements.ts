import { changeOf, decideAndCommit } from '../commit.ts';
import { decidedWith } from '../domain/decided-with.ts';
import { engagementRef } from '../domain/engagement-ref.ts';
import { type Lead, newLead } from '../domain/lead.ts';
import { receiptId } from '../domain/lead-records.ts';
import { epochOf, type Instant, later, MINUTE } from '../domain/time.ts';
import type { EntryKey } from '../domain/timeline.ts';
import type { LeadRecords } from '../ports.ts';
import { type ChangeLeadDeps, makeChangeLead } from './change-lead.ts';

/** So far ahead of our own clock a time is still believed. */
const tolerated = 10 * MINUTE;

/** An engagement as it came; `occurredAt` may be missing, or not to be believed. */
export type Unanchored = Readonly<{ id: string; occurredAt?: Instant; receivedAt: Instant }>;

/** The one time of an engagement, epoch milliseconds. */
export type Anchor = Readonly<{ at: number; unanchored?: true }>;

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
  return async (leadId: string, engagements: readonly Unanchored[]): Promise<void> => {
    const now = deps.clock.now();
    const suspects = engagements.filter((engagement) => isUnbelievable(engagement, now)).map(ownKey);
    if (suspects.length === 0) return;
    const loaded = await deps.leads.load(leadId, 'stale');
    await changeLead(
      leadId,
      async ({ loaded }) => {
        // Neither is ever taken back, so a stale lead says it as well.
        if (loaded.state?.hasUnanchored === true) return 'known';
        const known = await deps.leads.known(leadId, loaded, suspects);
        if (suspects.every(({ id }) => known.has(id))) return 'known';
        return (lead, { policy }) => {
          const flagged: Lead = { ...(lead ?? newLead(now, decidedWith(policy))), hasUnanchored: true };
          return { state: flagged, facts: [] };
        };
      },
      { loaded, isStale: true },
    );
  };
};

/**
 * The one time of an engagement that is not in the lead's timeline. If its own cannot be believed, it is its first
 * receipt: fixed once, whichever copy comes first.
 */
export const makeAnchor =
  (records: LeadRecords) =>
  async (leadId: string, lead: Lead | undefined, engagement: Unanchored, now: Instant): Promise<Anchor> => {
    const { id, receivedAt } = engagement;
    const receipt = receiptId(leadId, id);
    if (!isUnbelievable(engagement, now)) {
      const first = lead?.hasUnanchored === true ? (await records.load('receipt', receipt)).state : undefined;
      return first === undefined ? { at: ownKey(engagement).at } : anchoredAt(first.receivedAt);
    }
    return anchoredAt(
      await decideAndCommit(records, async () => {
        const loaded = await records.load('receipt', receipt);
        return loaded.state === undefined
          ? { changes: [changeOf('receipt', receipt, loaded, { state: { receivedAt } })], result: receivedAt }
          : { changes: [], result: loaded.state.receivedAt };
      }),
    );
  };

const anchoredAt = (receivedAt: Instant): Anchor => ({ at: epochOf(receivedAt), unanchored: true });
