import type { Arrival } from '../../shared/domain/arrival.ts';
import { decideArrivals } from '../../shared/domain/decide-arrivals.ts';
import { engagementRef } from '../../shared/domain/engagement-ref.ts';
import { facetsOf } from '../../shared/domain/facets.ts';
import { spansToKnow } from '../../shared/domain/fold/spans-to-know.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { epochOf } from '../../shared/domain/time.ts';
import { type EntryKey, type TimelineEntry, unseen, withEntries } from '../../shared/domain/timeline.ts';
import { engagementRecorded } from '../../shared/events/inbound.ts';
import { isAfter } from '../../shared/leads/log/next-head.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import { readMessage } from '../../shared/read-message.ts';
import type { AtHand, KeptLead } from './lead-states.ts';

const profile: Profile = {
  email: { value: 'jo@acme.example', at: '2026-11-02T00:00:00.000Z' },
  country: { value: 'DE', at: '2026-11-02T00:00:00.000Z' },
};

/** One delivery, from its text to the lead that it makes: what score-lead does between its reads and its writes. */
export const coreOn =
  (policy: PublishedPolicy) =>
  (lead: KeptLead, body: string, receivedAt: string): void => {
    const read = readMessage(body, [engagementRecorded], receivedAt);
    if (!('message' in read)) throw new TypeError(read.code);
    const { detail } = read.message;
    const leadId = detail.lead.email ?? '';
    const context = { leadId, profile, policy, now: receivedAt };
    const id = engagementRef(detail.id);
    const at = epochOf(detail.occurredAt ?? receivedAt);
    lead.change((atHand) => {
      const { state } = atHand.loaded;
      if (isKnown(atHand, { id, at })) return undefined;
      const origin = detail.source?.origin;
      const arrival: { -readonly [K in keyof Arrival]: Arrival[K] } = {
        id,
        engagementId: detail.id,
        at,
        receivedAt: epochOf(receivedAt),
        kind: detail.kind,
        facets: facetsOf(detail, policy.policy),
      };
      if (origin !== undefined) arrival.origin = origin;
      const earlier = earlierOf(atHand, arrival, policy);
      return decideArrivals(state, { engagements: [arrival], earlier, profileChanges: [] }, context);
    });
  };

const isKnown = ({ loaded: { log }, aside }: AtHand, key: EntryKey): boolean =>
  log.recent.has(key.id) || (!isAfter(key, log.watermark) && aside.has(key));

/** Whatever must be known of the past to take one that comes late. */
const earlierOf = (
  { loaded, aside }: AtHand,
  arrival: Arrival,
  { policy }: PublishedPolicy,
): readonly TimelineEntry[] => {
  if (loaded.state === undefined) return [];
  const { tally } = loaded.state;
  const spans = spansToKnow(tally, [arrival], policy);
  if (spans.length === 0) return [];
  return spans.reduce<readonly TimelineEntry[]>((known, span) => {
    const isWithin = ({ at }: TimelineEntry) => at >= span.from && at <= span.until;
    return withEntries(
      known,
      unseen(known, [...aside.within(span), ...loaded.log.recent.all().filter(isWithin)]),
    );
  }, []);
};
