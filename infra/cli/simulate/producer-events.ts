import { DAY, HOUR, type Instant, instantOf, MINUTE } from '../../../shared/domain/time.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import type { InboundEvent } from '../inbound-event.ts';
import type { CastLead } from './cast.ts';

/** What a producer sends, and when: epoch milliseconds. `to`: a command, straight into the queue of this worker. */
export type Input = Readonly<{ at: number; event: InboundEvent; to?: WorkerName }>;

/** So long producers send, from the beginning. */
export const sendingMs = 6 * DAY;

/** Of whom producers send, and from when on. */
export type Scene = Readonly<{ draws: Draws; policy: Policy; startAt: number }>;

export const engagementInput = ({ draws, policy }: Scene, cast: CastLead, id: string, at: number): Input => {
  const { rules } = policy.scoring;
  const asks = draws.chance(0.07);
  // Two of these make an MQL of whoever fits.
  const strong = rules.filter(({ points, intent }) => points >= 8 && !intent);
  const among = !asks && draws.chance(0.6) ? strong : rules.filter(({ intent }) => intent === asks);
  const kind = draws.pick(among.flatMap((rule) => rule.kind));
  const occurredAt = occurredOf(draws, at);
  return {
    at,
    event: {
      type: 'EngagementRecorded',
      detail: {
        id,
        kind,
        ...(occurredAt === undefined ? {} : { occurredAt }),
        lead: nameOf(draws, cast),
        properties: { asset: draws.pick(['one', 'two', 'three', 'four']) },
      },
    },
  };
};

/** Most at once, some late, some of a clock that is wrong, some without any time. */
const occurredOf = (draws: Draws, at: number): Instant | undefined => {
  if (draws.chance(0.03)) return undefined;
  if (draws.chance(0.03)) return instantOf(at + draws.whole(MINUTE, HOUR));
  return instantOf(at - (draws.chance(0.3) ? draws.whole(0, 3 * DAY) : draws.whole(0, MINUTE)));
};

const nameOf = (draws: Draws, { lead, before }: CastLead) => {
  if (before === undefined) return lead;
  return draws.pick([lead, before, { ...before, ...lead }]);
};

export const profileInput = (
  draws: Draws,
  { lead, traits, consent }: CastLead,
  id: string,
  at: number,
): Input => ({
  at,
  event: {
    type: 'ProfileChanged',
    detail: {
      id,
      lead,
      occurredAt: instantOf(at - draws.whole(0, HOUR)),
      ...(traits === undefined ? {} : { traits }),
      ...(consent === undefined ? {} : { consent: { basis: consent, at: instantOf(at), proof: 'form' } }),
    },
  },
});

export const dealInput = (draws: Draws, { lead }: CastLead, id: string, at: number): Input => ({
  at,
  event: {
    type: 'DealChanged',
    detail: { id, lead, outcome: draws.pick(['won', 'lost']), at: instantOf(at - draws.whole(0, HOUR)) },
  },
});

export const accountInput = (draws: Draws, startAt: number): Input => {
  const at = startAt + draws.whole(0, sendingMs);
  return {
    at,
    event: {
      type: 'AccountChanged',
      detail: {
        id: 'account-1',
        domain: draws.pick(['harbour.example', 'werk.example']),
        status: draws.pick(['none', 'prospect', 'customer']),
        ...(draws.chance(0.5) ? { owner: draws.pick(['anna', 'ben', 'nobody']) } : {}),
        openDeal: draws.chance(0.3),
        at: instantOf(at),
      },
    },
  };
};

/** Without an id nobody can say which engagement it is. */
export const wrongInput = (draws: Draws, startAt: number): Input => ({
  at: startAt + draws.whole(0, sendingMs),
  event: { type: 'EngagementRecorded', detail: { kind: 'page-viewed', lead: { anonymousId: 'wrong' } } },
});
