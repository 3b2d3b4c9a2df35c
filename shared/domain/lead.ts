import * as v from 'valibot';
import { stages } from './stage.ts';
import type { Instant } from './time.ts';
import { verdictSchema } from './verdict.ts';

const instant = v.string();

const facet = v.union([v.string(), v.number(), v.boolean()]);

const timelineEntry = v.object({
  /** The producer's: it names the engagement for ever. */
  id: v.string(),
  kind: v.string(),
  /** Its one time: dedupe, order and points use it, and it never changes. */
  occurredAt: instant,
  receivedAt: instant,
  /** It came without a believable time; its first receipt is its time. */
  unanchored: v.optional(v.literal(true)),
  /** Of its properties those that scoring or sales will ask for. */
  facets: v.optional(v.record(v.string(), facet)),
  origin: v.optional(v.string()),
  landingPage: v.optional(v.string()),
});
/** An engagement as it is kept. */
export type TimelineEntry = Readonly<v.InferOutput<typeof timelineEntry>>;
export const timelineEntriesSchema = v.array(timelineEntry);

export const leadSchema = v.object({
  stage: v.picklist(stages),
  stageAt: instant,
  /** The stage furthest along the path that it ever was in. */
  furthest: v.picklist(stages),
  /** By time, then id; each id once. */
  timeline: timelineEntriesSchema,
  /** The verdict in force on each engagement that was judged, by the engagement's id. */
  verdicts: v.optional(v.array(verdictSchema)),
  /** Engagements up to the latest of these score nothing. */
  cutOffs: v.array(instant),
  /** What made it an MQL, the last time. */
  mqlCause: v.optional(v.object({ type: v.string(), id: v.string(), at: instant })),
  /**
   * The `LeadStageChanged` that made it an MQL, until its handoff is known: reconcile sends it again if that takes too
   * long. JSON of the stamped fact.
   */
  unconfirmed: v.optional(v.string()),
  /** The handoff of this MQL. `open`: offered, not answered. */
  handoff: v.optional(v.object({ id: v.string(), open: v.boolean() })),
  /** End of the rest, while `recycled`. */
  restUntil: v.optional(instant),
  /**
   * Its history makes it an MQL, by points or because it asked, and nothing was started: it waits for a person to let it
   * go on. `causeId`: the engagement.
   */
  wouldBeMql: v.optional(
    v.object({ by: v.picklist(['interest', 'asked']), causeId: v.string(), since: instant }),
  ),
  /** Ids of the profile changes that were applied, the newest last. */
  profileChanges: v.array(v.string()),
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
  /** With which it was last decided. */
  policy: v.object({ hash: v.string(), sequence: v.number() }),
});
/** A person whose interest is followed: what they did, and where they stand. */
export type Lead = Readonly<v.InferOutput<typeof leadSchema>>;

export const newLead = (at: Instant, policy: Lead['policy']): Lead => ({
  stage: 'inquiry',
  stageAt: at,
  furthest: 'inquiry',
  timeline: [],
  cutOffs: [],
  profileChanges: [],
  policy,
});

/** Engagements up to here score nothing; before the first cut-off: nothing is cut off. */
export const lastCutOff = ({ cutOffs }: Lead): Instant => [...cutOffs].sort().at(-1) ?? '';
