import * as v from 'valibot';

const instant = v.string();

/**
 * One lead in one campaign. Its id is the id of the fact that caused it.
 * `claimed`: a mail may be on its way; until SES's answer is saved nobody knows, and it is never sent again.
 */
export const enrolmentSchema = v.object({
  id: v.string(),
  leadId: v.string(),
  campaign: v.string(),
  enrolledAt: instant,
  status: v.picklist(['waiting', 'claimed', 'finished', 'exited']),
  /** Index of the step that is next, or claimed. */
  step: v.number(),
  claimedAt: v.optional(instant),
  /**
   * When the enrolment is to be looked at next, as its item's due time; before it there is nothing to do. While
   * `claimed`: when an answer that has not come is given up. Absent once it is over.
   */
  nextAt: v.optional(instant),
  /** By step, what became of it. */
  outcomes: v.array(
    v.object({
      step: v.string(),
      at: instant,
      outcome: v.picklist(['sent', 'skipped', 'failed', 'unknown']),
      reason: v.optional(v.string()),
      messageId: v.optional(v.string()),
    }),
  ),
  /** While `claimed`: it ends as soon as it is known what became of the mail. */
  exitReason: v.optional(v.string()),
  /** What the mail is about: ids, never names. */
  about: v.object({
    handoffId: v.optional(v.string()),
    engagementId: v.optional(v.string()),
  }),
});
export type Enrolment = Readonly<v.InferOutput<typeof enrolmentSchema>>;

/**
 * What may be mailed to one address. Keyed by the address's keyed hash, so that it outlives leads, merges and erasure.
 */
export const addressSchema = v.object({
  marketing: v.picklist(['none', 'requested', 'granted', 'opted-out']),
  basis: v.optional(v.picklist(['opt-in', 'double-opt-in'])),
  /** Where and when it was given. */
  proof: v.optional(v.string()),
  changedAt: instant,
  /** When the owner was last to be asked for a confirmation. After an opt-out only one asked for later counts. */
  requestedAt: v.optional(instant),
  /** Ids of the statements that were applied, the newest last, so that one that comes again changes nothing. */
  applied: v.array(v.string()),
  /** Nothing but alerts goes to it: bounced for good, or complained. */
  suppressed: v.optional(v.picklist(['bounce', 'complaint'])),
});
export type Address = Readonly<v.InferOutput<typeof addressSchema>>;

/** What a lead was mailed lately (cap), and where it is enrolled. Keyed by the lead's id. */
export const mailboxSchema = v.object({
  /** Instants of marketing mails of the last seven days. */
  marketingSends: v.array(instant),
  /** Latest enrolment by campaign. */
  enrolments: v.record(v.string(), v.object({ id: v.string(), at: instant, active: v.boolean() })),
  /** Keyed hashes of all addresses, where leads were merged: what one of them must not get, none of them gets. */
  addresses: v.optional(v.array(v.string())),
  /** The lead was merged: nothing more is kept here, but that it has gone over to this one. */
  mergedInto: v.optional(v.string()),
});
export type Mailbox = Readonly<v.InferOutput<typeof mailboxSchema>>;

/** The nurture table, by kind. */
export type NurtureStates = { enrolment: Enrolment; address: Address; mailbox: Mailbox };
