import * as v from 'valibot';
import { type DeadlineName, deadlineNames, type Handoff, type PlannedTier } from './handoff.ts';
import { earliest, type Instant, later, MINUTE } from './time.ts';

/** How long a lead may take to follow an answer before somebody looks after it. */
const confirmationGrace = 5 * MINUTE;

export type DueTier = Readonly<{
  deadline: DeadlineName;
  tier: PlannedTier;
  /** As it stands in `decided` once it was decided. */
  key: string;
}>;

/** Tiers whose time has come and that were not decided yet, in the order in which they would have come. */
export const tiersDue = (handoff: Handoff, now: Instant): readonly DueTier[] =>
  undecided(handoff).filter(({ tier }) => tier.at <= now);

/**
 * When the tick is to look next: at the next tier, or at the latest five minutes after an answer that its lead has not
 * followed yet. Undefined: never again.
 */
export const nextDueOf = (handoff: Handoff): Instant | undefined =>
  earliest([undecided(handoff)[0]?.tier.at, confirmationDueAt(handoff)]);

const undecided = (handoff: Handoff): readonly DueTier[] => {
  const found: DueTier[] = [];
  for (const deadline of deadlineNames) {
    if (!isRunning(handoff, deadline)) continue;
    for (const tier of handoff.plan[deadline]?.tiers ?? []) {
      if (!concernsHolder(handoff, deadline, tier)) continue;
      const key = keyOf(handoff, deadline, tier);
      if (!handoff.decided.includes(key)) found.push({ deadline, tier, key });
    }
  }
  return found.sort((a, b) => (a.tier.at < b.tier.at ? -1 : a.tier.at > b.tier.at ? 1 : 0));
};

const isRunning = ({ status, contactedAt }: Handoff, deadline: DeadlineName): boolean => {
  switch (deadline) {
    case 'accept':
      return status === 'open';
    case 'firstContact':
      // The promise is to the lead, so it runs whether or not anybody accepts.
      return status !== 'closed' && contactedAt === undefined;
    case 'qualify':
      return status === 'accepted';
  }
};

/** Nobody is reminded of a later deadline before accepting, nor afterwards of what passed before. */
const concernsHolder = ({ acceptedAt }: Handoff, deadline: DeadlineName, tier: PlannedTier): boolean =>
  tier.do !== 'remind' || deadline === 'accept' || (acceptedAt !== undefined && tier.at > acceptedAt);

/** What is done to a holder belongs to the assignment, the rest to handoff and deadline. */
const keyOf = ({ assignment }: Handoff, deadline: DeadlineName, tier: PlannedTier): string =>
  tier.do === 'remind' || tier.do === 'reassign'
    ? `${deadline}:${tier.name}:${assignment}`
    : `${deadline}:${tier.name}`;

const told = v.pipe(v.string(), v.parseJson(), v.object({ at: v.string() }));

const confirmationDueAt = ({ unconfirmed }: Handoff): Instant | undefined =>
  unconfirmed === undefined ? undefined : later(v.parse(told, unconfirmed).at, confirmationGrace);
