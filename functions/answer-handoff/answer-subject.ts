import type { Refusal } from '../../shared/domain/answered.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import type { LeadOutline } from '../../shared/domain/lead-view.ts';
import type { Roster } from '../../shared/domain/roster.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Policy } from '../../shared/policy/schema.ts';

/** Everything that the page shows, but for who looks at it. */
export type AnswerPageSubject = Readonly<{
  handoff: Handoff;
  assignment: number;
  /** Undefined: erased meanwhile. */
  lead: LeadOutline | undefined;
  policy: Policy;
  roster: Roster;
  now: Instant;
  /** Show the reasons at once. */
  rejecting: boolean;
  posted?: Readonly<{
    form: URLSearchParams;
    said: 'done' | 'repeated' | Refusal | 'no-answer';
    /** Passed on by this very answer. */
    passedOn: boolean;
  }>;
}>;
