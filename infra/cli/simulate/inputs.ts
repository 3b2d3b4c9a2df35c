import { DAY, HOUR, type Instant, instantOf, MINUTE } from '../../../shared/domain/time.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { type CastLead, castOf } from './cast.ts';
import { pastOf } from './past.ts';
import { verdictsOn } from './verdicts.ts';

/** What a producer sends, and when: epoch milliseconds. `to`: a command, straight into the queue of this worker. */
export type Input = Readonly<{ at: number; event: InboundEvent; to?: WorkerName }>;

/** So long producers send, from the beginning. */
export const sendingMs = 6 * DAY;

/** What the leads of one history do, in no order; a part of it is sent twice, and some is wrong for ever. */
export const inputsOf = (draws: Draws, policy: Policy, startAt: number): readonly Input[] => {
  const inputs = castOf(draws).flatMap((lead, i) => ofLead({ draws, policy, startAt }, lead, i));
  if (draws.chance(0.3)) inputs.push(accountInput(draws, startAt));
  if (draws.chance(0.2)) inputs.push(wrongInput(draws, startAt));
  if (draws.chance(0.4)) inputs.push(...verdictsOn(draws, inputs));
  return inputs.flatMap((input) =>
    draws.chance(0.12) ? [input, { ...input, at: input.at + draws.skewed(0, 3 * HOUR) }] : [input],
  );
};

/** Of whom producers send, and from when on. */
export type Scene = Readonly<{ draws: Draws; policy: Policy; startAt: number }>;

const ofLead = (scene: Scene, cast: CastLead, i: number): Input[] => {
  const { draws, startAt } = scene;
  const moment = momentsOf(draws, startAt);
  const inputs = Array.from({ length: activityOf(draws) }, (_, n) =>
    engagementInput(scene, cast, `e-${i}-${n}`, moment()),
  );
  const profiles = draws.pick([0, 1, 1, 1, 2]);
  for (let n = 0; n < profiles; n++) {
    const at = n === 0 && draws.chance(0.7) ? startAt + draws.whole(0, HOUR) : moment();
    inputs.push(profileInput(draws, cast, `p-${i}-${n}`, at));
  }
  if (draws.chance(0.15)) inputs.push(...pastOf(scene, cast, i, inputs));
  if (draws.chance(0.15)) inputs.push(dealInput(draws, cast, `d-${i}`, moment()));
  return inputs;
};

/** Some do so much that most of it is moved away from the lead. */
const activityOf = (draws: Draws): number => (draws.chance(0.15) ? draws.whole(15, 40) : draws.whole(3, 14));

/** Much of what one lead does comes at once. */
const momentsOf = (draws: Draws, startAt: number) => {
  let last = startAt + draws.whole(0, DAY);
  return () => {
    last = draws.chance(0.5) ? last + draws.skewed(0, 3000) : startAt + draws.whole(0, sendingMs);
    return last;
  };
};

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

export const profileInput = (draws: Draws, { lead, traits, consent }: CastLead, id: string, at: number): Input => ({
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

const accountInput = (draws: Draws, startAt: number): Input => {
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
const wrongInput = (draws: Draws, startAt: number): Input => ({
  at: startAt + draws.whole(0, sendingMs),
  event: { type: 'EngagementRecorded', detail: { kind: 'page-viewed', lead: { anonymousId: 'wrong' } } },
});
