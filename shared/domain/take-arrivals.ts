import type { Fact } from '../events/facts.ts';
import type { ProfileChanged } from '../events/inbound.ts';
import { type Arrival, askOf } from './arrival.ts';
import { asksToTalk } from './assessment.ts';
import { scoredTimeline } from './counted.ts';
import { decidedWith } from './decided-with.ts';
import { engagementRef } from './engagement-ref.ts';
import { admit } from './fold/admit.ts';
import { type Lead, newLead } from './lead.ts';
import type { LeadContext } from './move-lead.ts';
import { epochOf } from './time.ts';
import { compareEntries, type TimelineEntry, unseen, withEntries } from './timeline.ts';

/** Profile changes are few; one that comes again after this many others is harmless, for what it says is kept already. */
const rememberedChanges = 32;

/** What came for one lead. Traits are in the profile already: it is written before the lead. */
export type Arrivals = Readonly<{
  /** Those that are not in the timeline yet. */
  engagements: readonly Arrival[];
  /** Of what is scored already whatever must be known to take those that come late: by `spansToKnow`, in order. */
  earlier: readonly TimelineEntry[];
  profileChanges: readonly Readonly<Pick<ProfileChanged, 'id' | 'consent'>>[];
  /** Too many become MQLs by points just now: whoever would is held back. Whoever asks never is. */
  isSurge?: boolean;
}>;

/** The lead with what was new among the arrivals, and what that was: nothing new, and it is as it was. */
export type Taken = Readonly<{
  lead: Lead;
  isNews: boolean;
  /** By time. */
  engagements: readonly Arrival[];
  /** Of these the ones that ask to talk, and those that earned points above 0, by their short names. */
  asking: ReadonlySet<string>;
  earned: ReadonlySet<string>;
  profileChanges: Arrivals['profileChanges'];
}>;

/** Takes what is new into the timeline, each id once, whether it is told as it happens or as history. */
export const takeArrivals = (
  lead: Lead | undefined,
  { engagements, earlier, profileChanges }: Arrivals,
  { policy, now }: LeadContext,
): Taken => {
  const before = lead ?? newLead(now, decidedWith(policy));
  const fresh = [...unseen(before.recent, engagements)].sort(compareEntries);
  const changes = unapplied(before, profileChanges);
  const took = { engagements: fresh, profileChanges: changes };
  if (fresh.length === 0 && changes.length === 0)
    return { lead: before, isNews: false, asking: none, earned: none, ...took };
  const asking = new Set(fresh.flatMap((one) => (asksToTalk(one, policy.policy) ? [one.id] : [])));
  const entries = fresh.map((arrival) => entryOf(arrival, asking.has(arrival.id)));
  const scored = scoredTimeline(before, fresh);
  const { tally, earned } = admitted(before, scoredTimeline(before, entries), earlier, policy);
  const ask = scored.findLast(({ id }) => asking.has(id));
  return {
    lead: {
      ...before,
      count: before.count + entries.length,
      recent: withEntries(before.recent, entries),
      tally,
      ...(ask === undefined || !isLater(ask, before) ? {} : { ask: askOf(ask) }),
      profileChanges: [...before.profileChanges, ...changes.map(({ id }) => engagementRef(id))].slice(
        -rememberedChanges,
      ),
      policy: decidedWith(policy),
    },
    isNews: true,
    asking,
    earned,
    ...took,
  };
};

const none: ReadonlySet<string> = new Set();

/** Adds up those that are scored, in their order: each is taken with those before it known. */
const admitted = (
  { tally: before }: Lead,
  entries: readonly TimelineEntry[],
  earlier: readonly TimelineEntry[],
  { policy }: LeadContext['policy'],
): Readonly<{ tally: Lead['tally']; earned: ReadonlySet<string> }> => {
  let tally = before;
  let known = earlier;
  const earned = new Set<string>();
  for (const entry of entries) {
    const next = admit(tally, entry, known, policy);
    tally = next.tally;
    if (next.earned > 0) earned.add(entry.id);
    if (entries.length > 1) known = withEntries(known, [entry]);
  }
  return { tally, earned };
};

const entryOf = ({ engagementId: _, receivedAt, ...entry }: Arrival, asks: boolean): TimelineEntry =>
  asks ? { ...entry, receivedAt } : entry;

/** Than what it asked last; that may be from before the cut-off, where nothing new is heard from. */
const isLater = (arrival: Arrival, { ask }: Lead): boolean =>
  ask === undefined || compareEntries(arrival, { at: epochOf(ask.occurredAt), id: ask.id }) > 0;

const unapplied = (lead: Lead, changes: Arrivals['profileChanges']): Arrivals['profileChanges'] => {
  const seen = new Set(lead.profileChanges);
  return changes.filter(({ id }) => {
    const ref = engagementRef(id);
    return !seen.has(ref) && seen.add(ref);
  });
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
