import type { Answer } from '../events/inbound.ts';
import type { Decision } from './decision.ts';
import type { Handoff } from './handoff.ts';
import { earliest, type Instant } from './time.ts';

/**
 * Who answers. `assignment` comes from a link; a CRM knows only the person. `at`: when they said it, which orders what they
 * say of a lead; deadlines go by the moment at which Baton hears it.
 */
export type Answerer = Readonly<{ by: string; assignment?: number; at?: Instant }>;

/** Nobody has said anything yet that is said in the future. */
export const saidAt = ({ at }: Answerer, now: Instant): Instant => earliest([at, now]) ?? now;

export type Refusal =
  /** Somebody else holds it by now. */
  | 'reassigned'
  /** Neither its holder nor one of its managers. */
  | 'not-holder'
  | 'closed'
  | 'not-accepted'
  /** What was accepted is given back by rejecting or qualifying it, not passed on as misrouted. */
  | 'accepted'
  | 'unknown-reason'
  /** No day, or none within the next two years. */
  | 'until-needed'
  | 'note-needed'
  /** Longer than the policy lets anybody, or in the past. */
  | 'pause-too-long'
  | 'paused-before'
  /** The policy wants something to be known before anybody accepts. */
  | 'not-known'
  /** Something speaks against accepting. */
  | 'not-met'
  /** The reason is none for this stage. */
  | 'not-in-this-stage'
  /** Too few attempts to reach the lead, or within too short a time. */
  | 'attempts-needed'
  /** Another command of that system had this id. */
  | 'id-reused';

/** `repeated`: it was said before; nothing changes. `refused`: nothing changes, and `reason` says why. */
export type Answered = Readonly<
  ({ type: 'done' } & Decision<Handoff>) | { type: 'repeated' } | { type: 'refused'; reason: Refusal }
>;

/** One kind of answer. */
export type AnswerOf<T extends Answer['type']> = Extract<Answer, { type: T }>;

export const done = (decision: Decision<Handoff>): Answered => ({ type: 'done', ...decision });
export const refused = (reason: Refusal): Answered => ({ type: 'refused', reason });

/** What every fact of an answer says. */
export const answerEntries = ({ id, leadId }: Handoff, by: string, at: string) => ({
  leadId,
  handoffId: id,
  at,
  by,
});
