import { changeOf, decideAndCommit } from '../commit.ts';
import { type Lead, newLead } from '../domain/lead.ts';
import { receiptId } from '../domain/lead-records.ts';
import { type Instant, later, MINUTE } from '../domain/time.ts';
import type { LeadRecords } from '../ports.ts';
import { type ChangeLeadDeps, makeChangeLead } from './change-lead.ts';

/** So far ahead of our own clock a time is still believed. */
const tolerated = 10 * MINUTE;

/** An engagement as it came; `occurredAt` may be missing, or not to be believed. */
export type Unanchored = Readonly<{ id: string; occurredAt?: Instant; receivedAt: Instant }>;

/** The one time of an engagement. */
export type Anchor = Readonly<{ occurredAt: Instant; receivedAt: Instant; unanchored?: true }>;

const isUnbelievable = ({ occurredAt }: Unanchored, now: Instant): boolean =>
  occurredAt === undefined || occurredAt > later(now, tolerated);

/**
 * Flags a lead in a write of its own before the first engagement without a believable time is taken: from then on each
 * new engagement is looked up among the first receipts, because a later copy may look sound.
 */
export const makeFlagUnanchored = (deps: ChangeLeadDeps) => {
  const changeLead = makeChangeLead(deps);
  return async (leadId: string, engagements: readonly Unanchored[]): Promise<void> => {
    const now = deps.clock.now();
    const suspects = engagements.filter((engagement) => isUnbelievable(engagement, now));
    if (suspects.length === 0) return;
    await changeLead(leadId, ({ state }) => (lead, { policy: { hash, sequence } }) => {
      const known = new Set(state?.timeline.map(({ id }) => id));
      if (state?.hasUnanchored === true || suspects.every(({ id }) => known.has(id))) return undefined;
      const flagged: Lead = { ...(lead ?? newLead(now, { hash, sequence })), hasUnanchored: true };
      return { state: flagged, facts: [] };
    });
  };
};

/**
 * The one time of an engagement that is not in the lead's timeline. If its own cannot be believed, it is its first
 * receipt: fixed once, whichever copy comes first.
 */
export const makeAnchor =
  (records: LeadRecords) =>
  async (leadId: string, lead: Lead | undefined, engagement: Unanchored, now: Instant): Promise<Anchor> => {
    const { id, occurredAt, receivedAt } = engagement;
    const receipt = receiptId(leadId, id);
    if (occurredAt !== undefined && !isUnbelievable(engagement, now)) {
      const first = lead?.hasUnanchored === true ? (await records.load('receipt', receipt)).state : undefined;
      return first === undefined ? { occurredAt, receivedAt } : anchoredAt(first.receivedAt);
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

const anchoredAt = (receivedAt: Instant): Anchor => ({
  occurredAt: receivedAt,
  receivedAt,
  unanchored: true,
});
