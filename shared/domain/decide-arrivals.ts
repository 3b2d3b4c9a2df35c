import type { Cause } from '../events/facts.ts';
import { type Arrival, askOf } from './arrival.ts';
import { type Assessment, assess, hasInterest, meetsThreshold } from './assessment.ts';
import { verdictOn } from './counted.ts';
import type { Lead } from './lead.ts';
import type { LeadDecision } from './lead-priority.ts';
import { type LeadContext, moveLead, type StageMove } from './move-lead.ts';
import { refusalOf } from './stage-moves.ts';
import { type Arrivals, statedConsent, type Taken, takeArrivals } from './take-arrivals.ts';
import { factsOfEngagements } from './tell-engagements.ts';
import { letsCount } from './verdict.ts';
import { heldBack } from './would-be-mql.ts';

/**
 * Takes what is new among the arrivals into the timeline, and says what follows: an MQL, that somebody asked to talk,
 * what campaigns start with, what was said about consent. What does not count by a verdict that was there before it is
 * kept, and nobody hears of it. Nothing new: the same state, no facts.
 */
export const decideArrivals = (
  lead: Lead | undefined,
  arrivals: Arrivals,
  context: LeadContext,
): LeadDecision => {
  const taking = takeArrivals(lead, arrivals, context);
  const { lead: kept, isNews, engagements, entries, profileChanges } = taking;
  if (!isNews) return { state: kept, facts: [] };
  const fresh =
    kept.verdicts === undefined
      ? engagements
      : engagements.filter(({ id }) => letsCount(verdictOn(kept, id)));
  const taken = fresh.length === engagements.length ? kept : leftUntold(kept, engagements);
  // Most of what a lead does changes nothing for anybody: then nobody needs to know what it amounts to.
  let known: Assessment | undefined;
  const assessed = () => {
    known ??= assess(taken, context.profile, context.policy.policy, context.now);
    return known;
  };
  const move = moveToMql(fresh, taken === kept ? taking : { ...taking, lead: taken }, assessed, context);
  const moved = move === undefined ? undefined : moveLead(taken, move, context);
  const isHeld = arrivals.isSurge === true && move?.by === 'interest' && moved?.type === 'moved';
  const outcome = moved?.type === 'moved' && !isHeld ? moved : undefined;
  const state = isHeld ? heldBack(taken, move.cause.id, context.now) : (outcome?.state ?? taken);
  const heard = factsOfEngagements(fresh, taking.asking, state, assessed, context);
  const stated = statedConsent(profileChanges, context);
  return {
    state,
    entries,
    cause: causeOf(fresh.at(-1), profileChanges),
    facts:
      outcome === undefined && heard.length + stated.length === 0
        ? nothingTold
        : [...(outcome?.facts ?? []), ...heard, ...stated],
  };
};

/** After most engagements. */
const nothingTold: readonly [] = [];

/** Who lets them count after all is to tell of them then. */
const leftUntold = (lead: Lead, engagements: readonly Arrival[]): Lead => {
  const ids = new Set(engagements.map(({ id }) => id));
  return {
    ...lead,
    verdicts: lead.verdicts?.map((verdict) =>
      ids.has(verdict.engagementId) && !letsCount(verdict) ? { ...verdict, untold: true } : verdict,
    ),
  };
};

/**
 * Asking to talk makes an MQL whatever the score is. Otherwise the criteria do, but only together with an engagement
 * that earned points, or a change of the profile: never by fading.
 */
const moveToMql = (
  fresh: readonly Arrival[],
  taken: Taken,
  assessed: () => Assessment,
  context: LeadContext,
): StageMove | undefined => {
  const ask = taken.asking.size === 0 ? undefined : fresh.find(({ id }) => taken.asking.has(id));
  // Interest alone is quickly known, and mostly too little.
  if (ask === undefined && !hasInterest(taken.lead, context.policy.policy, context.now)) return undefined;
  const move = ask === undefined ? moveByInterest(fresh, taken) : moveByAsking(ask);
  if (move === undefined || refusalOf(taken.lead, move.by, move.to, context.now) !== undefined)
    return undefined;
  const { excluded, unserved } = assessed();
  if (excluded !== undefined || unserved) return undefined;
  if (ask === undefined && !meetsThreshold(assessed(), context.profile, context.policy.policy))
    return undefined;
  return move;
};

const moveByAsking = (ask: Arrival): StageMove => ({
  by: 'asked',
  to: 'mql',
  cause: { type: 'engagement', id: ask.engagementId },
  actor: 'baton',
  reason: 'intent',
  asked: askOf(ask),
});

const moveByInterest = (
  fresh: readonly Arrival[],
  { earned, profileChanges }: Taken,
): StageMove | undefined => {
  const last = earned.length === 0 ? undefined : fresh.findLast(({ id }) => earned.includes(id));
  const cause = causeOf(last, profileChanges);
  return cause === undefined
    ? undefined
    : { by: 'interest', to: 'mql', cause, actor: 'baton', reason: 'threshold' };
};

/** The last of what came. */
const causeOf = (
  engagement: Arrival | undefined,
  profileChanges: Taken['profileChanges'],
): Cause | undefined => {
  if (engagement !== undefined) return { type: 'engagement', id: engagement.engagementId };
  const change = profileChanges.at(-1);
  return change && { type: 'profile', id: change.id };
};
