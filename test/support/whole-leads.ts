import type { Lead } from '../../shared/domain/lead.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { refoldLead } from '../../shared/domain/refold-lead.ts';
import type { WholeLead } from '../../shared/domain/whole-lead.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import { publishedDefaultPolicy } from './default-policy.ts';
import { aLead, aTimeline, type Happening } from './scoring-timelines.ts';

// Reading it takes longer than a hundred leads.
const byDefault = publishedDefaultPolicy({ zone: 'UTC' });

/** A lead who did all that, as it is kept: its tally is that of its timeline. */
export const aWholeLead = (
  happenings: readonly Happening[],
  {
    lead = {},
    profile = {},
    policy = byDefault,
  }: Readonly<{ lead?: Partial<Lead>; profile?: Profile; policy?: PublishedPolicy }> = {},
): WholeLead => {
  const timeline = aTimeline(...happenings);
  const kept = aLead({ count: timeline.length, ...lead });
  return { lead: refoldLead(kept, timeline, policy), timeline, profile, answers: {} };
};
