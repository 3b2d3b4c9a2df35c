import type { Answers } from './answers.ts';
import type { Lead } from './lead.ts';
import type { Profile } from './profile.ts';
import type { TimelineEntry } from './timeline.ts';

/** A lead with all that is kept of it. */
export type WholeLead = Readonly<{
  lead: Lead;
  /** All of it, in order, whether it counts or not. */
  timeline: readonly TimelineEntry[];
  profile: Profile;
  answers: Answers;
}>;
