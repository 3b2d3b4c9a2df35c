import type { Policy } from '../policy/schema.ts';
import { type Assessment, assess } from './assessment.ts';
import { countedTimeline } from './counted.ts';
import { type Payment, paymentsOf } from './fold/payments.ts';
import type { Lead } from './lead.ts';
import type { Instant } from './time.ts';
import type { TimelineEntry } from './timeline.ts';
import type { WholeLead } from './whole-lead.ts';

/** What a lead's engagements earned, one by one. `policy`: by which the lead is scored. */
export const paymentsOfLead = (
  lead: Lead,
  timeline: readonly TimelineEntry[],
  policy: Policy,
): readonly Payment[] => paymentsOf(countedTimeline(lead, timeline), lead.cutOff, policy);

/** An assessment that can say why. */
export type WholeAssessment = Assessment & Readonly<{ payments: readonly Payment[] }>;

export const assessWhole = (
  { lead, timeline, profile }: Omit<WholeLead, 'answers'>,
  policy: Policy,
  now: Instant,
): WholeAssessment => ({
  ...assess(lead, profile, policy, now),
  payments: paymentsOfLead(lead, timeline, policy),
});
