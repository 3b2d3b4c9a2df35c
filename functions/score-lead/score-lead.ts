import { answersIn } from '../../shared/domain/answers.ts';
import type { Arrival } from '../../shared/domain/arrival.ts';
import { decideArrivals } from '../../shared/domain/decide-arrivals.ts';
import { decideHistory, type History } from '../../shared/domain/decide-history.ts';
import type { Lead } from '../../shared/domain/lead.ts';
import type { LeadDecision } from '../../shared/domain/lead-priority.ts';
import type { LeadContext } from '../../shared/domain/move-lead.ts';
import { becameOf } from '../../shared/domain/surge.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { DealChanged, EngagementRecorded, ProfileChanged } from '../../shared/events/inbound.ts';
import { makeFlagUnanchored } from '../../shared/leads/anchor-engagements.ts';
import {
  type ChangeLeadDeps,
  type LeadAtHand,
  type LeadOutcome,
  makeChangeLead,
} from '../../shared/leads/change-lead.ts';
import { makeEarlierScored } from '../../shared/leads/earlier-scored.ts';
import { makeFollowMerges } from '../../shared/leads/follow-merges.ts';
import { type AnswersOf, makeKeepAnswers } from '../../shared/leads/keep-answers.ts';
import { makeKeepProfile } from '../../shared/leads/keep-profile.ts';
import { makeNewArrivals } from '../../shared/leads/new-arrivals.ts';
import { makeResolveLead } from '../../shared/leads/resolve-lead.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import type { KeyedHash, RawLog } from '../../shared/ports.ts';
import { profileStatement } from './profile-statement.ts';
import { rawEntry } from './raw-entry.ts';
import { type SurgeBrakeDeps, surgeBrake } from './surge-brake.ts';

export type EngagementMessage = Readonly<{
  type: 'EngagementRecorded';
  detail: EngagementRecorded;
  receivedAt: Instant;
}>;
export type ProfileMessage = Readonly<{
  type: 'ProfileChanged';
  detail: ProfileChanged;
  receivedAt: Instant;
}>;
export type LeadMessage = EngagementMessage | ProfileMessage;
/** What happened before Baton was there; a deal is a part of it. */
export type HistoryMessage =
  | LeadMessage
  | Readonly<{ type: 'DealChanged'; detail: DealChanged; receivedAt: Instant }>;

export type ScoreLeadDeps = ChangeLeadDeps &
  SurgeBrakeDeps &
  Readonly<{ rawLog: RawLog; keyedHash: KeyedHash }>;

/**
 * Takes what came for a lead (messages with the same strongest name) in one write. What else is kept of it - names, raw
 * log, profile - is written before the lead: after it, a copy that comes again is a duplicate, and would write nothing.
 */
export const makeScoreLead = (deps: ScoreLeadDeps) =>
  makeTakeMessages<LeadMessage>(deps, { decide: decideArrivals });

/** The same for history: scored and kept in the same way, so that whatever comes in both ways counts once. */
export const makeTakeHistory = (deps: ScoreLeadDeps) =>
  makeTakeMessages<HistoryMessage>(deps, { decide: decideHistory, imported: true });

type Way = Readonly<{
  decide(lead: Lead | undefined, arrivals: History, context: LeadContext): LeadDecision;
  imported?: true;
}>;

const makeTakeMessages = <M extends HistoryMessage>(deps: ScoreLeadDeps, way: Way) => {
  const resolveLead = makeResolveLead(deps);
  const takeArrivals = makeTakeArrivals(deps, way);
  return async (messages: readonly M[]): Promise<readonly LeadOutcome[]> => {
    const byLead = new Map<string, M[]>();
    const leadIds = new Map<string, string>();
    for (const message of messages) {
      const reference = JSON.stringify(message.detail.lead);
      const leadId = leadIds.get(reference) ?? (await resolveLead(message.detail.lead));
      leadIds.set(reference, leadId);
      byLead.set(leadId, [...(byLead.get(leadId) ?? []), message]);
    }
    const outcomes: LeadOutcome[] = [];
    for (const [leadId, ofLead] of byLead) outcomes.push(await takeArrivals(leadId, ofLead));
    return outcomes;
  };
};

const makeTakeArrivals = (deps: ScoreLeadDeps, { decide, imported }: Way) => {
  const keepProfile = makeKeepProfile(deps.records);
  const keepAnswers = makeKeepAnswers(deps.records);
  const flagUnanchored = makeFlagUnanchored(deps);
  const newArrivals = makeNewArrivals(deps);
  const earlierScored = makeEarlierScored(deps.leads);
  const changeLead = makeChangeLead(deps);
  const follow = makeFollowMerges(deps.leads);
  const brake = surgeBrake(deps);

  return async (named: string, messages: readonly HistoryMessage[]): Promise<LeadOutcome> => {
    const engagements = messages.filter((message) => message.type === 'EngagementRecorded');
    const profileChanges = messages.flatMap(({ type, detail }) =>
      type === 'ProfileChanged' ? [detail] : [],
    );
    const deals = messages.flatMap(({ type, detail }) => (type === 'DealChanged' ? [detail] : []));
    const { policy } = await deps.policy.current();
    await flagUnanchored(
      named,
      engagements.map(({ detail, receivedAt }) => ({ ...detail, receivedAt })),
    );
    const isOnlyEngagements = engagements.length === messages.length;
    // What is kept besides needs the one time of its engagement, which only a fresh lead knows for sure.
    const isStale =
      isOnlyEngagements && engagements.every(({ detail }) => answersIn(detail, policy).length === 0);
    // The lead before its profile: who changes the profile meanwhile saves the lead later, or finds this change there.
    const followed = await follow(named, isStale ? 'stale' : undefined);
    if (engagements.length > 0)
      await deps.rawLog.append(
        engagements.map((message) => ({
          ...rawEntry(followed.leadId, message, policy),
          ...(imported === true ? { imported } : {}),
        })),
      );
    const statements = messages.flatMap(profileStatement);
    let keptBy = followed.leadId;
    const profile = await keepProfile(keptBy, statements);

    let became: ReturnType<typeof becameOf>;
    const prepare = async (atHand: LeadAtHand) => {
      became = undefined;
      const { leadId } = atHand;
      // It was merged meanwhile, so all is taken again.
      if (leadId !== keptBy) await keepProfile(leadId, statements);
      keptBy = leadId;
      const fresh = await newArrivals(atHand, engagements);
      if (fresh.length === 0 && isOnlyEngagements) return 'known';
      const arrived = fresh.map(({ arrival }) => arrival);
      const arrivals: History = {
        engagements: arrived,
        earlier: await earlierScored(atHand, arrived),
        profileChanges,
        deals,
        isSurge: imported !== true && (await brake.isOn(atHand.inForce.policy)),
      };
      await keepAnswers(
        leadId,
        fresh.flatMap(({ arrival, detail }) => answersOf(arrival, detail, atHand.policy.policy)),
      );
      return (lead: Lead | undefined, context: LeadContext) => {
        const decision = decide(lead, arrivals, context);
        if (imported !== true) became = becameOf(lead, decision);
        return decision;
      };
    };
    const outcome = await changeLead(named, prepare, { ...followed, isStale, profile });
    if (outcome === 'saved' && became !== undefined) await brake.count(became);
    return outcome;
  };
};

const answersOf = (engagement: Arrival, detail: EngagementRecorded, policy: Policy): readonly AnswersOf[] => {
  const said = answersIn(detail, policy);
  return said.length === 0 ? [] : [{ engagement, said }];
};
