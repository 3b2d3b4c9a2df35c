import type { Arrival } from '../domain/arrival.ts';
import { facetsOf } from '../domain/facets.ts';
import { epochOf, type Instant } from '../domain/time.ts';
import { unseen } from '../domain/timeline.ts';
import type { EngagementRecorded } from '../events/inbound.ts';
import type { Clock, LeadRecords, LeadStore } from '../ports.ts';
import { type Anchor, makeAnchor, ownKey } from './anchor-engagements.ts';
import type { LeadAtHand } from './change-lead.ts';

/** An engagement as it came. */
export type Received = Readonly<{ detail: EngagementRecorded; receivedAt: Instant }>;

export type NewArrival = Readonly<{ arrival: Arrival; detail: EngagementRecorded }>;

type Deps = Readonly<{ leads: Pick<LeadStore, 'known'>; records: LeadRecords; clock: Clock }>;

/**
 * Those that are not in the lead's timeline yet, each once. They are looked up by the time that they name, because that
 * one may have been believed before, and then by the one that they have.
 */
export const makeNewArrivals = ({ leads, records, clock }: Deps) => {
  const anchor = makeAnchor(records);
  return async (
    { leadId, loaded, lead, policy, inForce }: LeadAtHand,
    engagements: readonly Received[],
  ): Promise<readonly NewArrival[]> => {
    const named = unseen(
      [],
      engagements.map(({ detail, receivedAt }) => {
        const came = { ...detail, receivedAt };
        return { ...ownKey(came), came, detail };
      }),
    );
    const known = await leads.known(leadId, loaded, named);
    const anchored: (Anchor & Omit<(typeof named)[number], 'at'>)[] = [];
    for (const one of named)
      if (!known.has(one.id)) {
        const { at: _, ...kept } = one;
        anchored.push({ ...kept, ...(await anchor(leadId, lead, one.came, clock.now())) });
      }
    const elsewhere = anchored.filter(({ unanchored }) => unanchored === true);
    const keys = elsewhere.flatMap(({ id, at, alsoAt = [] }) =>
      [at, ...alsoAt].map((each) => ({ id, at: each })),
    );
    const knownElsewhere = keys.length === 0 ? new Set() : await leads.known(leadId, loaded, keys);
    return anchored
      .filter(({ id }) => !knownElsewhere.has(id))
      .map(({ id, at, unanchored, detail, came }) => {
        const facets = facetsOf(detail, policy.policy, ...(inForce === policy ? [] : [inForce.policy]));
        const { origin } = detail.source ?? {};
        const arrival: Arrival = {
          id,
          at,
          kind: detail.kind,
          ...(unanchored === undefined ? {} : { unanchored }),
          ...(Object.keys(facets).length === 0 ? {} : { facets }),
          ...(origin === undefined ? {} : { origin }),
          engagementId: detail.id,
          receivedAt: epochOf(came.receivedAt),
        };
        return { arrival, detail };
      });
  };
};
