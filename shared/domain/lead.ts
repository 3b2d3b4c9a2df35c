import * as v from 'valibot';
import { emptyTally, type Tally } from './fold/tally.ts';
import { once } from './once.ts';
import { stages } from './stage.ts';
import type { Instant } from './time.ts';
import { verdictSchema } from './verdict.ts';

const instant = v.string();

/** What happened to a lead besides its engagements: few and short, so it is kept as it is. */
export const leadStorySchema = once(() =>
  v.object({
    stage: v.picklist(stages),
    stageAt: instant,
    /** The stage furthest along the path that it ever was in. */
    furthest: v.picklist(stages),
    /** Engagements up to here score nothing. */
    cutOff: v.optional(instant),
    /** The latest engagement that asked to talk and counts: of this cycle, or the one that made it an MQL. */
    ask: v.optional(
      v.object({
        /** As in the timeline. */
        id: v.string(),
        /** The producer's, as facts name it; the timeline's where only that is known any more. */
        engagementId: v.string(),
        kind: v.string(),
        occurredAt: instant,
        receivedAt: instant,
      }),
    ),
    /** What made it an MQL, the last time. An engagement is named as facts name it. */
    mqlCause: v.optional(v.object({ type: v.string(), id: v.string(), at: instant })),
    /**
     * The `LeadStageChanged` that made it an MQL, until its handoff is known; the `LeadMerged` of one that was merged, until
     * all who hear of it have done their part. Reconcile sends it again if that takes too long. JSON of the stamped fact.
     */
    unconfirmed: v.optional(v.string()),
    /** The handoff of this MQL. `open`: offered, not answered. */
    handoff: v.optional(v.object({ id: v.string(), open: v.boolean() })),
    /**
     * Since when it is hot, as sales was told; absent: it is not, or sales does not have it. Time passes without its being
     * looked at again: what others are told is this, not what it would be now.
     */
    hot: v.optional(instant),
    /** End of the rest, while `recycled`. */
    restUntil: v.optional(instant),
    /**
     * Its history makes it an MQL, by points or because it asked, or it came in a surge, and nothing was started: it waits
     * for a person to let it go on. `causeId`: the engagement.
     */
    wouldBeMql: v.optional(
      v.object({
        by: v.picklist(['interest', 'asked']),
        causeId: v.string(),
        since: instant,
        /** Not history: too many came at once. */
        held: v.optional(v.literal('surge')),
      }),
    ),
    /** What people decided about its stage, the newest last, also what was refused and why. */
    manualMoves: v.optional(
      v.array(
        v.object({
          /** The command's. */
          id: v.string(),
          to: v.picklist(stages),
          by: v.string(),
          reason: v.string(),
          at: instant,
          refused: v.optional(v.string()),
        }),
      ),
    ),
    /** The newest deal that was followed. */
    deal: v.optional(v.object({ id: v.string(), at: instant })),
    /** Some engagement had no believable time: their first receipts are looked up before any new one is taken. */
    hasUnanchored: v.optional(v.literal(true)),
    /** The verdict in force on each engagement that was judged, by the engagement's short name. */
    verdicts: v.optional(v.array(verdictSchema())),
    /**
     * Leads that were merged into it, also by way of others. What they did stays where they kept it, and is a part of its
     * own timeline.
     */
    absorbed: v.optional(
      v.array(
        v.object({
          id: v.string(),
          /** When it was merged into this one, or into the one that came along. */
          at: instant,
          /** The time of the last that it did, epoch milliseconds; absent: nothing. It does no more. */
          until: v.optional(v.number()),
        }),
      ),
    ),
    /** It is another lead now: whatever is about it is about that one, and it never changes any more. */
    mergedInto: v.optional(
      v.object({ into: v.string(), id: v.string(), by: v.string(), reason: v.string(), at: instant }),
    ),
    /** What people wanted to merge it with, and why that is not possible; the newest last. */
    refusedMerges: v.optional(v.array(v.object({ id: v.string(), refused: v.string() }))),
  }),
);
type LeadStory = Readonly<v.InferOutput<ReturnType<typeof leadStorySchema>>>;

/** What a lead was last decided with. `scoring`: {@link scoringKey} of what its tally was folded with. */
export type DecidedWith = Readonly<{ hash: string; sequence: number; scoring: string }>;

/** A person whose interest is followed: what they did adds up to, and where they stand. What they did is their timeline. */
export type Lead = LeadStory &
  Readonly<{
    /** How many engagements its timeline has in all. */
    count: number;
    /** What its engagements since the cut-off add up to. */
    tally: Tally;
    /** The tally is to be folded again before the lead is saved: what counts has changed. Never stored. */
    refold?: true;
    /** Short names of the profile changes that were applied, the newest last. */
    profileChanges: readonly string[];
    policy: DecidedWith;
  }>;
export type Ask = NonNullable<Lead['ask']>;

export const newLead = (at: Instant, policy: DecidedWith): Lead => ({
  stage: 'inquiry',
  stageAt: at,
  furthest: 'inquiry',
  count: 0,
  tally: emptyTally,
  profileChanges: [],
  policy,
});
