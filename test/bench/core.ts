import type { Arrival } from '../../shared/domain/arrival.ts';
import { decideArrivals } from '../../shared/domain/decide-arrivals.ts';
import { engagementRef } from '../../shared/domain/engagement-ref.ts';
import { facetsOf } from '../../shared/domain/facets.ts';
import { spansToKnow } from '../../shared/domain/fold/spans-to-know.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { epochOf } from '../../shared/domain/time.ts';
import { type TimelineEntry, unseen, withEntries } from '../../shared/domain/timeline.ts';
import { engagementRecorded } from '../../shared/events/inbound.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import { readMessage } from '../../shared/read-message.ts';
import type { AtHand, LeadStates } from './lead-states.ts';

const profile: Profile = {
  email: { value: 'jo@acme.example', at: '2026-11-02T00:00:00.000Z' },
  country: { value: 'DE', at: '2026-11-02T00:00:00.000Z' },
};

/** One delivery, from its text to the lead that it makes: what score-lead does between its reads and its writes. */
export const coreOn =
  (states: LeadStates, policy: PublishedPolicy) =>
  (body: string, receivedAt: string): void => {
    const read = readMessage(body, [engagementRecorded], receivedAt);
    if (!('message' in read)) throw new TypeError(read.code);
    const { detail } = read.message;
    const leadId = detail.lead.email ?? '';
    const context = { leadId, profile, policy, now: receivedAt };
    const id = engagementRef(detail.id);
    states.change(leadId, (atHand) => {
      const { state } = atHand.loaded;
      if (state?.recent.some((entry) => entry.id === id) === true || atHand.aside.has(id)) return state;
      const { origin } = detail.source ?? {};
      const arrival: Arrival = {
        id,
        engagementId: detail.id,
        at: epochOf(detail.occurredAt ?? receivedAt),
        receivedAt: epochOf(receivedAt),
        kind: detail.kind,
        facets: facetsOf(detail, policy.policy),
        ...(origin === undefined ? {} : { origin }),
      };
      const earlier = earlierOf(atHand, arrival, policy);
      return decideArrivals(state, { engagements: [arrival], earlier, profileChanges: [] }, context).state;
    });
  };

/** Whatever must be known of the past to take one that comes late. */
const earlierOf = (
  { loaded, aside }: AtHand,
  arrival: Arrival,
  { policy }: PublishedPolicy,
): readonly TimelineEntry[] => {
  if (loaded.state === undefined) return [];
  const { tally, recent } = loaded.state;
  return spansToKnow(tally, [arrival], policy).reduce<readonly TimelineEntry[]>((known, span) => {
    const isWithin = ({ at }: TimelineEntry) => at >= span.from && at <= span.until;
    return withEntries(known, unseen(known, [...aside.within(span), ...recent.filter(isWithin)]));
  }, []);
};
