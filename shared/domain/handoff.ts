import * as v from 'valibot';
import { contactKinds } from './contact-kinds.ts';
import { qualificationSchema } from './qualification.ts';

const instant = v.string();
const localised = v.object({ en: v.string(), de: v.string() });

export const priorities = ['normal', 'hot'] as const;
export type Priority = (typeof priorities)[number];

/** A handoff must be accepted, its lead contacted and qualified, each in time. */
export const deadlineNames = ['accept', 'firstContact', 'qualify'] as const;
export type DeadlineName = (typeof deadlineNames)[number];

const tier = v.object({
  /** As the policy names it. */
  name: v.string(),
  do: v.picklist(['remind', 'breach', 'reassign', 'escalate', 'pull-back']),
  at: instant,
});
export type PlannedTier = Readonly<v.InferOutput<typeof tier>>;

const deadlinePlan = v.object({ dueAt: instant, tiers: v.array(tier) });
export type DeadlinePlan = Readonly<v.InferOutput<typeof deadlinePlan>>;

/** What a rep should know, as it was when the handoff opened. */
const evidence = v.object({
  score: v.number(),
  engagement: v.number(),
  fit: v.number(),
  /** The strongest first. */
  reasons: v.array(
    v.object({ label: localised, points: v.number(), count: v.number(), lastAt: v.optional(instant) }),
  ),
  /** The latest first. */
  activities: v.array(
    v.object({
      label: localised,
      occurredAt: instant,
      asset: v.optional(v.string()),
      origin: v.optional(v.string()),
    }),
  ),
  /** What the lead wrote into forms, by the name of the field. */
  answers: v.record(v.string(), v.string()),
});
export type Evidence = Readonly<v.InferOutput<typeof evidence>>;

const contact = v.object({ how: v.picklist(contactKinds), by: v.string(), at: instant });
export type Contact = Readonly<v.InferOutput<typeof contact>>;

/**
 * One attempt to pass one lead to sales. `open`: offered, not answered. `accepted`: running on with first contact and
 * qualify. `closed`: over, and `outcome` says how.
 */
export const handoffSchema = v.object({
  id: v.string(),
  leadId: v.string(),
  /** What made the lead an MQL. */
  cause: v.object({ type: v.string(), id: v.string() }),
  status: v.picklist(['open', 'accepted', 'closed']),
  outcome: v.optional(
    v.object({
      type: v.picklist(['none', 'rejected', 'withdrawn', 'qualified', 'pulled-back']),
      reason: v.string(),
      by: v.optional(v.string()),
      at: instant,
      /** End of the rest that the rep asked for. */
      until: v.optional(instant),
      /** In the rep's words. */
      note: v.optional(v.string()),
    }),
  ),
  priority: v.picklist(priorities),
  /** The moment of the MQL: deadlines count from here, whenever the handoff was opened. */
  mqlAt: instant,
  openedAt: instant,
  /** The engagement that asked to talk; deadlines `from: inquiry` count from its `occurredAt`. */
  asked: v.optional(v.object({ engagementId: v.string(), kind: v.string(), occurredAt: instant })),
  route: v.string(),
  team: v.optional(v.string()),
  companyDomain: v.optional(v.string()),
  /** Id in the roster; absent only for `none`. */
  holder: v.optional(v.string()),
  /** Counts from 1; links in mails name it, so that those of an earlier holder end. */
  assignment: v.number(),
  assignedAt: instant,
  /** Until when a reassigned holder is to answer; absent: as planned at first. */
  answerBy: v.optional(instant),
  /** A manager gave the holder of this assignment more time; each holder is given it once. */
  givenUntil: v.optional(v.object({ assignment: v.number(), until: instant, by: v.string() })),
  previousHolders: v.array(v.string()),
  manager: v.optional(v.string()),
  nextManager: v.optional(v.string()),
  /** Everybody was away or full. */
  flagged: v.boolean(),
  plan: v.object({
    accept: v.optional(deadlinePlan),
    firstContact: v.optional(deadlinePlan),
    qualify: v.optional(deadlinePlan),
  }),
  /** Tiers that were decided, as `<deadline>:<tier>` (once a handoff) or `<deadline>:<tier>:<assignment>`. */
  decided: v.array(v.string()),
  /** The first deadline that passed, by name: lateness stays measured from it. */
  breachedAt: v.partial(v.object({ accept: instant, firstContact: instant, qualify: instant })),
  acceptedAt: v.optional(instant),
  /** The first contact by a person, as Baton heard of it. */
  contactedAt: v.optional(instant),
  /** All contacts, a machine's too, in the order in which they were made. */
  contacts: v.optional(v.array(contact)),
  /** Deadlines after acceptance were put off; at most once. */
  paused: v.optional(
    v.object({
      from: instant,
      until: instant,
      by: v.string(),
      /** In the rep's words. */ reason: v.string(),
    }),
  ),
  qualification: v.optional(qualificationSchema),
  evidence,
  /**
   * The fact of the last answer until its lead has followed: reconcile sends it again if that takes too long.
   * JSON of the stamped fact.
   */
  unconfirmed: v.optional(v.string()),
  /** Commands of other systems that were done, the newest last: digests of id and words, see `onceByCommand`. */
  commands: v.optional(v.array(v.string())),
});
export type Handoff = Readonly<v.InferOutput<typeof handoffSchema>>;

/** Somebody holds it: it counts in the load of its team. */
export const isHeld = ({ status, holder }: Handoff): boolean => status !== 'closed' && holder !== undefined;

/** Its lead became an SQL by it, and is with the same rep. */
export const isQualified = ({ outcome }: Handoff): boolean => outcome?.type === 'qualified';

/** Until when its holder is to answer. */
export const answerDueAt = ({ answerBy, plan }: Handoff): string | undefined =>
  answerBy ?? plan.accept?.dueAt;

/** Which handoff a lead has: at most one is open or accepted. */
export const leadHandoffsSchema = v.object({
  /** Open or accepted. */
  current: v.optional(v.string()),
  /** The newest, whatever became of it; absent for a lead whose rep was alerted without any. */
  last: v.optional(v.string()),
  /** Engagements that asked to talk and were heard here: alerted or re-planned for. The newest last. */
  heard: v.optional(v.array(v.string()), []),
  /** The lead was merged: nothing more is kept here, but that it has gone over to this one. */
  mergedInto: v.optional(v.string()),
});
export type LeadHandoffs = Readonly<v.InferOutput<typeof leadHandoffsSchema>>;

/** Who deals with a company: colleagues go to the same rep. */
export const companyRepSchema = v.object({ rep: v.string(), at: instant });
export type CompanyRep = Readonly<v.InferOutput<typeof companyRepSchema>>;

/** The handoff table, by kind. `lead-handoffs` has the lead's id, `company-rep` the company's domain. */
export type HandoffStates = { handoff: Handoff; 'lead-handoffs': LeadHandoffs; 'company-rep': CompanyRep };
