import { type Assessment, asksToTalk, assess, meetsThreshold } from './assessment.ts';
import { verdictOn } from './counted.ts';
import type { Decision } from './decision.ts';
import type { Lead, TimelineEntry } from './lead.ts';
import { type LeadContext, moveLead, type StageMove } from './move-lead.ts';
import { type Arrivals, statedConsent, takeArrivals } from './take-arrivals.ts';
import { factsOfEngagements } from './tell-engagements.ts';
import { letsCount } from './verdict.ts';

/**
 * Takes what is new among the arrivals into the timeline, and says what follows: an MQL, that somebody asked to talk,
 * what campaigns start with, what was said about consent. What does not count by a verdict that was there before it is
 * kept, and nobody hears of it. Nothing new: the same state, no facts.
 */
export const decideArrivals = (
  lead: Lead | undefined,
  arrivals: Arrivals,
  context: LeadContext,
): Decision<Lead> => {
  const { policy, profile, now } = context;
  const { lead: kept, isNews, engagements, profileChanges: changes } = takeArrivals(lead, arrivals, context);
  if (!isNews) return { state: kept, facts: [] };
  const fresh = engagements.filter(({ id }) => letsCount(verdictOn(kept, id)));
  const taken = fresh.length === engagements.length ? kept : leftUntold(kept, engagements);
  const assessment = assess(taken, profile, policy.policy, now);
  const move = moveToMql(fresh, changes, assessment, context);
  const moved = move === undefined ? undefined : moveLead(taken, move, context);
  const { state, facts } = moved?.type === 'moved' ? moved : { state: taken, facts: [] };
  return {
    state,
    facts: [
      ...facts,
      ...factsOfEngagements(fresh, state, assessment, context),
      ...statedConsent(changes, context),
    ],
  };
};

/** Who lets them count after all is to tell of them then. */
const leftUntold = (lead: Lead, engagements: readonly TimelineEntry[]): Lead => {
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
  fresh: readonly TimelineEntry[],
  changes: Arrivals['profileChanges'],
  assessment: Assessment,
  { policy, profile }: LeadContext,
): StageMove | undefined => {
  if (assessment.excluded !== undefined || assessment.unserved) return undefined;
  const ask = fresh.find((entry) => asksToTalk(entry, policy.policy));
  if (ask !== undefined)
    return {
      by: 'asked',
      to: 'mql',
      cause: { type: 'engagement', id: ask.id },
      actor: 'baton',
      reason: 'intent',
      asked: ask,
    };
  if (!meetsThreshold(assessment, profile, policy.policy)) return undefined;
  const earned = new Set(
    assessment.payments.filter(({ points }) => points > 0).map(({ entryId }) => entryId),
  );
  const engagement = fresh.findLast(({ id }) => earned.has(id));
  const cause =
    engagement === undefined
      ? changes.map(({ id }) => ({ type: 'profile' as const, id })).at(-1)
      : ({ type: 'engagement', id: engagement.id } as const);
  return cause === undefined
    ? undefined
    : { by: 'interest', to: 'mql', cause, actor: 'baton', reason: 'threshold' };
};
