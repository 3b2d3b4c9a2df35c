import * as v from 'valibot';
import { stages } from './stage.ts';
import type { Instant } from './time.ts';

const instant = v.string();

/**
 * When a lead first reached each stage, and what else happened to it first: what the key figures are made of. Each
 * instant is the earliest ever told, so facts may come twice, late and in any order.
 */
export const leadJourneySchema = v.object({
  /** Back to it after a rest; how a lead began is no fact. */
  inquiryAt: v.optional(instant),
  mqlAt: v.optional(instant),
  salAt: v.optional(instant),
  sqlAt: v.optional(instant),
  customerAt: v.optional(instant),
  recycledAt: v.optional(instant),
  disqualifiedAt: v.optional(instant),
  lostAt: v.optional(instant),
  /** Stages of the path that were left out, sorted. */
  skipped: v.array(v.picklist(stages)),
  askedAt: v.optional(instant),
  enrolledAt: v.optional(instant),
  mailedAt: v.optional(instant),
  /** The lead was merged: all of this is a part of that one's journey, and what comes late is too. */
  mergedInto: v.optional(v.string()),
});
export type LeadJourney = Readonly<v.InferOutput<typeof leadJourneySchema>>;

const byDeadline = v.partial(v.object({ accept: instant, firstContact: instant, qualify: instant }));

/** What became of one handoff, and when; by deadline where each of them can be missed. */
export const handoffJourneySchema = v.object({
  leadId: v.string(),
  openedAt: v.optional(instant),
  /** As it was opened. */
  route: v.optional(v.string()),
  team: v.optional(v.string()),
  priority: v.optional(v.picklist(['normal', 'hot'])),
  /** Why nobody was to get it. */
  none: v.optional(v.string()),
  acceptBy: v.optional(instant),
  remindedAt: byDeadline,
  breachedAt: byDeadline,
  reassignedAt: v.optional(instant),
  escalatedAt: v.optional(instant),
  /** A manager gave its holder more time, the first time. */
  givenUntilAt: v.optional(instant),
  acceptedAt: v.optional(instant),
  late: v.optional(v.boolean()),
  rejectedAt: v.optional(instant),
  rejectedFor: v.optional(v.string()),
  contactedAt: v.optional(instant),
  /** Its later deadlines were put off. */
  pausedAt: v.optional(instant),
  qualifiedAt: v.optional(instant),
  pulledBackAt: v.optional(instant),
  withdrawnAt: v.optional(instant),
  /** When its lead was merged into the one that it names, the last time. */
  movedAt: v.optional(instant),
});
export type HandoffJourney = Readonly<v.InferOutput<typeof handoffJourneySchema>>;

/** The journey table, by kind; ids are those of the lead and of the handoff. */
export type JourneyStates = { 'lead-journey': LeadJourney; 'handoff-journey': HandoffJourney };

export const noLeadJourney: LeadJourney = { skipped: [] };

export const noHandoffJourney = (leadId: string): HandoffJourney => ({
  leadId,
  remindedAt: {},
  breachedAt: {},
});

/** Sets the instants that are not set yet or were later. The same object if nothing changes. */
export const earlierOf = <T extends object>(
  state: T,
  instants: Readonly<Partial<Record<keyof T & string, Instant>>>,
): T => {
  // What is compared are instants only: the keys are those of `instants`.
  const known = state as Readonly<Record<string, unknown>>;
  const news = Object.entries<Instant | undefined>(instants).filter(([key, at]) => {
    const before = known[key];
    return at !== undefined && !(typeof before === 'string' && before <= at);
  });
  return news.length === 0 ? state : { ...state, ...Object.fromEntries(news) };
};
