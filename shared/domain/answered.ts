import type { Answer } from '../events/inbound.ts';
import type { Decision } from './decision.ts';
import type { Handoff } from './handoff.ts';

/** Who answers. `assignment` comes from a link; a CRM knows only the person. */
export type Answerer = Readonly<{ by: string; assignment?: number }>;

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
  | 'not-qualified';

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
