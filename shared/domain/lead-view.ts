import type { Evidence } from './handoff.ts';
import type { Locale } from './locale.ts';
import type { Profile } from './profile.ts';
import type { Stage } from './stage.ts';
import type { Instant } from './time.ts';

/** A lead as other rooms see it, at one moment, judged by the policy that scores it. */
export type LeadOutline = Readonly<{
  /** The one that was asked for, or the one that it was merged into. */
  leadId: string;
  /** Leads that were merged into it. */
  absorbed?: readonly string[];
  stage: Stage;
  /** Since when. */
  stageAt: Instant;
  /** Whole points, as shown and as compared. */
  score: number;
  /** Neither rounded. */
  engagement: number;
  fit: number;
  /** By the policy's hot rules. */
  hot: boolean;
  /** Whether it is hot, as sales was last told, and since when; absent: sales does not have it. */
  priority?: Readonly<{ hot: boolean; since: Instant }>;
  /** Name of the segment, or `unknown`. */
  segment: string;
  /** Why it never becomes an MQL, in the policy's words. */
  excluded?: string;
  /** Lives where nobody is served. */
  unserved: boolean;
  locale: Locale;
  /** ISO 3166-1 alpha-2. */
  country?: string;
  /** Absent for free mailboxes and leads without an address. */
  companyDomain?: string;
  /** The latest engagement that asked to talk, since the last cut-off. */
  asked?: Readonly<{ engagementId: string; kind: string; occurredAt: Instant; receivedAt: Instant }>;
  profile: Profile;
}>;

/** The same with what it did, for those who are to be convinced: its whole timeline is read for that. */
export type LeadView = LeadOutline & Readonly<{ evidence: Evidence }>;
