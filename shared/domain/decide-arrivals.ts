import type { Fact } from '../events/facts.ts';
import type { Policy } from '../policy/schema.ts';
import { type Assessment, asksToTalk, assess, isHot, meetsThreshold } from './assessment.ts';
import type { Decision } from './decision.ts';
import type { Lead, TimelineEntry } from './lead.ts';
import { askOf, type LeadContext, moveLead, type StageMove } from './move-lead.ts';
import { type Arrivals, statedConsent, takeArrivals } from './take-arrivals.ts';

/**
 * Takes what is new among the arrivals into the timeline, and says what follows: an MQL, that somebody asked to talk,
 * what campaigns start with, what was said about consent. Nothing new: the same state, no facts.
 */
export const decideArrivals = (
  lead: Lead | undefined,
  arrivals: Arrivals,
  context: LeadContext,
): Decision<Lead> => {
  const { policy, profile, now } = context;
  const {
    lead: taken,
    isNews,
    engagements: fresh,
    profileChanges: changes,
  } = takeArrivals(lead, arrivals, context);
  if (!isNews) return { state: taken, facts: [] };
  const assessment = assess(taken, profile, policy.policy, now);
  const move = moveToMql(fresh, changes, assessment, context);
  const moved = move === undefined ? undefined : moveLead(taken, move, context);
  const { state, facts } = moved?.type === 'moved' ? moved : { state: taken, facts: [] };
  return {
    state,
    facts: [
      ...facts,
      ...asked(fresh, state, assessment, context),
      ...engaged(fresh, context),
      ...statedConsent(changes, context),
    ],
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

const asked = (
  fresh: readonly TimelineEntry[],
  { stage }: Lead,
  assessment: Assessment,
  { leadId, now, policy }: LeadContext,
): readonly Fact[] =>
  fresh
    .filter((entry) => asksToTalk(entry, policy.policy))
    .map((entry) => ({
      type: 'LeadAskedToTalk',
      leadId,
      at: now,
      ...askOf(entry),
      stage,
      hot: isHot(assessment, policy.policy, true),
    }));

const engaged = (fresh: readonly TimelineEntry[], { leadId, now, policy }: LeadContext): readonly Fact[] => {
  const starting = startingKinds(policy.policy);
  return fresh
    .filter(({ kind }) => starting.has(kind))
    .map(({ id, kind, occurredAt }) => ({
      type: 'LeadEngaged',
      leadId,
      at: now,
      engagementId: id,
      kind,
      occurredAt,
    }));
};

/** Kinds of engagement that some campaign starts with. */
const startingKinds = ({ campaigns }: Policy): ReadonlySet<string> =>
  new Set(Object.values(campaigns).flatMap(({ start }) => (start.on === 'engagement' ? start.kind : [])));
