import * as v from 'valibot';
import { deadlineNames } from './handoff.ts';

/** What was done about one fact, by the key of the notice: a fact that comes again repeats none of it. */
export const toldSchema = v.object({ done: v.array(v.string()) });
export type Told = Readonly<v.InferOutput<typeof toldSchema>>;

const digestEntry = v.object({
  factId: v.string(),
  handoffId: v.string(),
  leadId: v.string(),
  deadline: v.picklist(deadlineNames),
  dueAt: v.string(),
});
export type DigestEntry = Readonly<v.InferOutput<typeof digestEntry>>;

/** Breaches that wait to be told to one manager in one mail. */
export const digestSchema = v.object({
  entries: v.array(digestEntry),
  /** How many more than one mail lists, by holder. */
  more: v.optional(v.record(v.string(), v.number())),
  /** How many mails have gone. */
  round: v.optional(v.number()),
  /** When the mail goes; absent: nothing waits. */
  dueAt: v.optional(v.string()),
});
export type Digest = Readonly<v.InferOutput<typeof digestSchema>>;

/** Who was told that a handoff is late, in order: they are told too when it is answered. */
export const lateHandoffSchema = v.object({ told: v.array(v.string()) });
export type LateHandoff = Readonly<v.InferOutput<typeof lateHandoffSchema>>;

/** The table of notices, by kind: `notice` has the fact's id, `digest` the manager's, `late-handoff` the handoff's. */
export type NoticeStates = { notice: Told; digest: Digest; 'late-handoff': LateHandoff };
