import type { Lead } from './lead.ts';
import { type Stage, stages } from './stage.ts';
import type { Instant } from './time.ts';

/** From first interest to customer; the other stages are off it. */
export const path = ['inquiry', 'mql', 'sal', 'sql', 'customer'] as const satisfies readonly Stage[];

/** Why a lead may move. */
export type Mover =
  | 'interest'
  | 'asked'
  | 'accepted'
  | 'qualified'
  | 'rejected'
  | 'pulled-back'
  | 'cold'
  | 'rest-over'
  | 'promoted'
  | 'demoted'
  | 'won'
  | 'lost';

/** Why a move that exists is not allowed now; undefined: it is. */
type Guard = (lead: Lead, now: Instant) => string | undefined;

const notResting: Guard = ({ restUntil }, now) =>
  restUntil !== undefined && restUntil > now ? 'it is resting' : undefined;
const notWithSales: Guard = ({ handoff, unconfirmed }) =>
  handoff?.open === true || unconfirmed !== undefined ? 'its handoff is open' : undefined;

type Move = Readonly<{ from: readonly Stage[]; to: readonly Stage[]; guard?: Guard }>;

/** All legal moves. */
export const moves: Readonly<Record<Mover, Move>> = {
  interest: { from: ['inquiry', 'recycled'], to: ['mql'], guard: notResting },
  // Who asks is heard: no rest, no earlier verdict stands in the way. Sales has the others already.
  asked: { from: ['inquiry', 'recycled', 'disqualified', 'lost'], to: ['mql'] },
  accepted: { from: ['mql'], to: ['sal'] },
  qualified: { from: ['mql', 'sal'], to: ['sql'] },
  rejected: { from: ['mql', 'sal', 'sql'], to: ['recycled', 'disqualified'] },
  'pulled-back': { from: ['mql', 'sal'], to: ['recycled'] },
  cold: { from: ['mql'], to: ['recycled'], guard: notWithSales },
  'rest-over': { from: ['recycled'], to: ['inquiry', 'mql'], guard: notResting },
  // What a person decides: points and rests do not stand in the way. Whoever is demoted is to show new interest.
  promoted: { from: ['inquiry', 'recycled', 'disqualified', 'lost'], to: ['mql'] },
  demoted: { from: ['mql', 'sal', 'sql'], to: ['recycled'] },
  won: { from: stages.filter((stage) => stage !== 'customer'), to: ['customer'] },
  lost: { from: stages.filter((stage) => stage !== 'lost'), to: ['lost'] },
};

/** Undefined: the move is legal. Otherwise why not, with both stages named. */
export const refusalOf = (lead: Lead, by: Mover, to: Stage, now: Instant): string | undefined => {
  const { from, to: targets, guard } = moves[by];
  if (!from.includes(lead.stage) || !targets.includes(to))
    return `${by} does not move a lead from ${lead.stage} to ${to}`;
  const guarded = guard?.(lead, now);
  return guarded === undefined ? undefined : `not from ${lead.stage} to ${to}: ${guarded}`;
};

const ranked: readonly Stage[] = path;
const rank = (stage: Stage): number => ranked.indexOf(stage);

/** Stages of the path that are left out by going to `to`; won and lost end the path, so all that is missing. */
export const skippedStages = ({ furthest }: Lead, to: Stage): readonly Stage[] => {
  const end = to === 'lost' ? rank('customer') : rank(to);
  return path.slice(rank(furthest) + 1, Math.max(end, 0));
};

/** The one of two stages that lies further along the path. */
export const furtherOf = (furthest: Stage, stage: Stage): Stage =>
  rank(stage) > rank(furthest) ? stage : furthest;
