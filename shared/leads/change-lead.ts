import { ContentionError } from '../commit.ts';
import { leadDueAt } from '../domain/decide-due.ts';
import type { Lead } from '../domain/lead.ts';
import { type LeadDecision, tellPriority } from '../domain/lead-priority.ts';
import type { LeadContext } from '../domain/move-lead.ts';
import type { Profile } from '../domain/profile.ts';
import { stampLead } from '../domain/stamp-lead.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock, LeadRecords, LeadStore, LoadedLead, PolicySource } from '../ports.ts';
import { type FollowedLead, makeFollowMerges } from './follow-merges.ts';
import { makeRefoldTally } from './refold-tally.ts';
import { makeScoredBy, type ScoredLead } from './scored-by.ts';

export type ChangeLeadDeps = Readonly<{
  leads: LeadStore;
  records: LeadRecords;
  policy: PolicySource;
  clock: Clock;
  /** A policy that scores otherwise is applied to timelines up to here. Default: those that are quick to look at anew. */
  longestAnew?: number;
}>;

/** What is to become of a lead; the same state and no facts: nothing. Undefined: there is no such lead to decide about. */
export type DecideLead = (lead: Lead | undefined, context: LeadContext) => LeadDecision | undefined;

/** A lead as it was loaded, and as it is decided about: the one that was named, or the one that it was merged into. */
export type LeadAtHand = ScoredLead & FollowedLead;

/**
 * Reads what else the decision needs. `known`: all that came is in the timeline, which stays true of a lead that was read
 * stale.
 */
export type PrepareLead = (lead: LeadAtHand) => DecideLead | 'known' | Promise<DecideLead | 'known'>;

/** What the caller has read already, for the first attempt. The profile must have been read after the lead. */
export type FirstAttempt = FollowedLead & Readonly<{ isStale: boolean; profile?: Profile }>;

export type LeadOutcome = 'saved' | 'unchanged';

const maxAttempts = 8;

/**
 * The one shape of change, for leads: the lead is read, then its profile, then it is decided and saved in one
 * conditional write with its facts and its due time. Somebody else saved first? It is decided again. Whatever a stale
 * lead does not come to, but for `known`, is decided again too, on a fresh one. What is about a lead that was merged is
 * about the other one, also if that happens meanwhile.
 * @throws ContentionError after eight lost races.
 */
export const makeChangeLead = (deps: ChangeLeadDeps) => {
  const attemptOnce = makeAttempt(deps);
  const follow = makeFollowMerges(deps.leads);
  return async (named: string, prepare: PrepareLead, first?: FirstAttempt): Promise<LeadOutcome> => {
    let lost = 0;
    for (let given = first; lost < maxAttempts; given = undefined) {
      const outcome = await attemptOnce(given ?? (await follow(named)), prepare, given?.profile);
      if (outcome === 'saved') return 'saved';
      if (outcome === 'known' || (outcome === 'unchanged' && given?.isStale !== true)) return 'unchanged';
      if (outcome === 'conflict') await deps.leads.pause(++lost);
    }
    throw new ContentionError(`gave up after ${maxAttempts} conflicts`);
  };
};

const makeAttempt = ({ leads, records, policy, clock, longestAnew }: ChangeLeadDeps) => {
  const scoredBy = makeScoredBy({ leads, policy }, longestAnew);
  const refoldTally = makeRefoldTally(leads);
  return async (
    { leadId, loaded }: FollowedLead,
    prepare: PrepareLead,
    given?: Profile,
  ): Promise<LeadOutcome | 'known' | 'conflict'> => {
    const scored = await scoredBy(leadId, loaded);
    const decide = await prepare({ ...scored, leadId, loaded });
    if (decide === 'known') return decide;
    const profile = given ?? (await records.load('profile', leadId)).state ?? {};
    const context = { leadId, profile, policy: scored.policy, now: clock.now() };
    const decision = decide(scored.lead, context);
    if (decision === undefined) return 'unchanged';
    const state = await refoldTally(leadId, loaded, decision, scored.policy.policy);
    const told = tellPriority({ ...decision, state }, context);
    const next = stampLead(leadId, loaded.version + 1, told);
    const dueAt = leadDueAt(next.state, context);
    const isSame = decision.state === scored.lead && decision.facts.length === 0;
    if (isSame && !isOverdue(loaded, dueAt, context.now)) return 'unchanged';
    const { entries = [] } = decision;
    return leads.save(leadId, loaded, { ...next, entries, ...(dueAt === undefined ? {} : { dueAt }) });
  };
};

/** Due now, although it should not be: it would be looked at each minute for ever. */
const isOverdue = (loaded: LoadedLead, dueAt: Instant | undefined, now: Instant): boolean =>
  loaded.dueAt !== undefined && loaded.dueAt <= now && (dueAt === undefined || dueAt > now);
