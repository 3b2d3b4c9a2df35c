import type { Fact } from '../events/facts.ts';
import type { ProfileChanged } from '../events/inbound.ts';
import { type Lead, newLead, type TimelineEntry } from './lead.ts';
import type { LeadContext } from './move-lead.ts';
import { compareEntries, unseen, withEntries } from './timeline.ts';

/** Profile changes are few; one that comes again after this many others is harmless, for what it says is kept already. */
const rememberedChanges = 32;

/** What came for one lead. Traits are in the profile already: it is written before the lead. */
export type Arrivals = Readonly<{
  engagements: readonly TimelineEntry[];
  profileChanges: readonly Readonly<Pick<ProfileChanged, 'id' | 'consent'>>[];
}>;

/** The lead with what was new among the arrivals, and what that was: nothing new, and it is as it was. */
export type Taken = Readonly<{
  lead: Lead;
  isNews: boolean;
  /** By time. */
  engagements: readonly TimelineEntry[];
  profileChanges: Arrivals['profileChanges'];
}>;

/** Takes what is new into the timeline, each id once, whether it is told as it happens or as history. */
export const takeArrivals = (
  lead: Lead | undefined,
  { engagements, profileChanges }: Arrivals,
  { policy: { hash, sequence }, now }: LeadContext,
): Taken => {
  const before = lead ?? newLead(now, { hash, sequence });
  const fresh = [...unseen(before.timeline, engagements)].sort(compareEntries);
  const changes = unapplied(before, profileChanges);
  if (fresh.length === 0 && changes.length === 0)
    return { lead: before, isNews: false, engagements: fresh, profileChanges: changes };
  return {
    lead: {
      ...before,
      timeline: withEntries(before.timeline, fresh),
      profileChanges: [...before.profileChanges, ...changes.map(({ id }) => id)].slice(-rememberedChanges),
      policy: { hash, sequence },
    },
    isNews: true,
    engagements: fresh,
    profileChanges: changes,
  };
};

const unapplied = (lead: Lead, changes: Arrivals['profileChanges']): Arrivals['profileChanges'] => {
  const seen = new Set(lead.profileChanges);
  return changes.filter(({ id }) => !seen.has(id) && seen.add(id));
};

/** What was said about consent, for those who keep it. */
export const statedConsent = (
  changes: Arrivals['profileChanges'],
  { leadId, now }: LeadContext,
): readonly (Fact & { type: 'ConsentStated' })[] =>
  changes.flatMap(({ consent }) =>
    consent === undefined
      ? []
      : [
          {
            type: 'ConsentStated' as const,
            leadId,
            at: now,
            basis: consent.basis,
            statedAt: consent.at,
            proof: consent.proof,
          },
        ],
  );
