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
export const rememberedChanges = 32;

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
  /** By time; and as the timeline keeps them. */
  engagements: readonly Arrival[];
  entries: readonly TimelineEntry[];
  /** Of these the ones that ask to talk, and those that earned points above 0, by their short names. */
  asking: ReadonlySet<string>;
  earned: readonly string[];
  profileChanges: Arrivals['profileChanges'];
}>;

/** Takes what is new into the timeline, each id once, whether it is told as it happens or as history. */
export const takeArrivals = (
  lead: Lead | undefined,
  { engagements, earlier, profileChanges }: Arrivals,
  { policy, now }: LeadContext,
): Taken => {
  const before = lead ?? newLead(now, decidedWith(policy));
  const unsorted = unseen([], engagements);
  const fresh = unsorted.length < 2 ? unsorted : unsorted.toSorted(compareEntries);
  const changes = unapplied(before, profileChanges);
  if (fresh.length === 0 && changes.length === 0)
    return {
      lead: before,
      isNews: false,
      asking: none,
      earned: [],
      engagements: fresh,
      entries: [],
      profileChanges: changes,
    };
  const asking = idsOf(fresh, (one) => asksToTalk(one, policy.policy));
  const entries = fresh.map((arrival) => entryOf(arrival, asking.has(arrival.id)));
  const { tally, earned } = admitted(before, scoredTimeline(before, entries), earlier, policy);
  const taken: Lead = {
    ...before,
    count: before.count + entries.length,
    tally,
    profileChanges: withChanges(before, changes),
    policy: decidedWith(policy),
  };
  const ask = latestAsking(before, fresh, asking);
  return {
    lead: ask === undefined || !isLater(ask, before) ? taken : { ...taken, ask: askOf(ask) },
    isNews: true,
    asking,
    earned,
    engagements: fresh,
    entries,
    profileChanges: changes,
  };
};

const none: ReadonlySet<string> = new Set();

const idsOf = (arrivals: readonly Arrival[], isOne: (arrival: Arrival) => boolean): ReadonlySet<string> => {
  const found = arrivals.filter(isOne);
  return found.length === 0 ? none : new Set(found.map(({ id }) => id));
};

const latestAsking = (
  lead: Lead,
  fresh: readonly Arrival[],
  asking: ReadonlySet<string>,
): Arrival | undefined =>
  asking.size === 0 ? undefined : scoredTimeline(lead, fresh).findLast(({ id }) => asking.has(id));

const withChanges = (
  { profileChanges }: Lead,
  changes: Arrivals['profileChanges'],
): Lead['profileChanges'] =>
  changes.length === 0
    ? profileChanges
    : [...profileChanges, ...changes.map(({ id }) => engagementRef(id))].slice(-rememberedChanges);

/** Adds up those that are scored, in their order: each is taken with those before it known. */
const admitted = (
  { tally: before }: Lead,
  entries: readonly TimelineEntry[],
  earlier: readonly TimelineEntry[],
  { policy }: LeadContext['policy'],
): Readonly<{ tally: Lead['tally']; earned: readonly string[] }> => {
  let tally = before;
  let known = earlier;
  let earned: readonly string[] = [];
  for (const entry of entries) {
    const next = admit(tally, entry, known, policy);
    tally = next.tally;
    if (next.earned > 0) earned = [...earned, entry.id];
    if (entries.length > 1) known = withEntries(known, [entry]);
  }
  return { tally, earned };
};

/** Part by part, as they are read again where they are stored: it is done for everything that anybody does. */
const entryOf = (arrival: Arrival, asks: boolean): TimelineEntry => {
  const { id, at, kind, unanchored, facets, origin, receivedAt } = arrival;
  const entry: { -readonly [K in keyof TimelineEntry]: TimelineEntry[K] } = { id, at, kind };
  if (unanchored !== undefined) entry.unanchored = unanchored;
  if (facets !== undefined) entry.facets = facets;
  if (origin !== undefined) entry.origin = origin;
  if (asks) entry.receivedAt = receivedAt;
  return entry;
};

/** Than what it asked last; that may be from before the cut-off, where nothing new is heard from. */
const isLater = (arrival: Arrival, { ask }: Lead): boolean =>
  ask === undefined || compareEntries(arrival, { at: epochOf(ask.occurredAt), id: ask.id }) > 0;

const unapplied = (lead: Lead, changes: Arrivals['profileChanges']): Arrivals['profileChanges'] => {
  if (changes.length === 0) return changes;
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
