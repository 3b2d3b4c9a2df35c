import { decideArrivals } from '../../shared/domain/decide-arrivals.ts';
import { decideHistory, type History } from '../../shared/domain/decide-history.ts';
import type { Decision } from '../../shared/domain/decision.ts';
import { facetsOf } from '../../shared/domain/facets.ts';
import type { Lead, TimelineEntry } from '../../shared/domain/lead.ts';
import type { LeadContext } from '../../shared/domain/move-lead.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { DealChanged, EngagementRecorded, ProfileChanged } from '../../shared/events/inbound.ts';
import { type Anchor, makeAnchor, makeFlagUnanchored } from '../../shared/leads/anchor-engagements.ts';
import { type ChangeLeadDeps, type LeadOutcome, makeChangeLead } from '../../shared/leads/change-lead.ts';
import { makeKeepProfile } from '../../shared/leads/keep-profile.ts';
import { makeResolveLead } from '../../shared/leads/resolve-lead.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import type { KeyedHash, LoadedLead, RawLog } from '../../shared/ports.ts';
import { profileStatement } from './profile-statement.ts';
import { rawEntry } from './raw-entry.ts';

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

export type ScoreLeadDeps = ChangeLeadDeps & Readonly<{ rawLog: RawLog; keyedHash: KeyedHash }>;

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
  decide(lead: Lead | undefined, arrivals: History, context: LeadContext): Decision<Lead>;
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
  const flagUnanchored = makeFlagUnanchored(deps);
  const anchor = makeAnchor(deps.records);
  const changeLead = makeChangeLead(deps);

  const newEntries = async (
    leadId: string,
    { state }: LoadedLead,
    engagements: readonly EngagementMessage[],
  ) => {
    const { policy } = await deps.policy.current();
    const known = new Set(state?.timeline.map(({ id }) => id));
    const fresh = engagements.filter(({ detail }) => !known.has(detail.id));
    const entries: TimelineEntry[] = [];
    for (const message of fresh) {
      const own = { ...message.detail, receivedAt: message.receivedAt };
      entries.push(entryOf(message.detail, await anchor(leadId, state, own, deps.clock.now()), policy));
    }
    return entries;
  };

  return async (leadId: string, messages: readonly HistoryMessage[]): Promise<LeadOutcome> => {
    const engagements = messages.filter((message) => message.type === 'EngagementRecorded');
    const profileChanges = messages.flatMap(({ type, detail }) =>
      type === 'ProfileChanged' ? [detail] : [],
    );
    const deals = messages.flatMap(({ type, detail }) => (type === 'DealChanged' ? [detail] : []));
    const { policy } = await deps.policy.current();
    if (engagements.length > 0)
      await deps.rawLog.append(
        engagements.map((message) => ({
          ...rawEntry(leadId, message, policy),
          ...(imported === true ? { imported } : {}),
        })),
      );
    await keepProfile(leadId, messages.flatMap(profileStatement));
    await flagUnanchored(
      leadId,
      engagements.map(({ detail, receivedAt }) => ({ ...detail, receivedAt })),
    );
    return changeLead(leadId, async (loaded) => {
      const arrivals: History = {
        engagements: await newEntries(leadId, loaded, engagements),
        profileChanges,
        deals,
      };
      return (lead, context) => decide(lead, arrivals, context);
    });
  };
};

const entryOf = (engagement: EngagementRecorded, anchor: Anchor, policy: Policy): TimelineEntry => {
  const { id, kind, source } = engagement;
  const facets = facetsOf(engagement, policy);
  return {
    id,
    kind,
    ...anchor,
    ...(Object.keys(facets).length === 0 ? {} : { facets }),
    ...(source?.origin === undefined ? {} : { origin: source.origin }),
    ...(source?.landingPage === undefined ? {} : { landingPage: source.landingPage }),
  };
};
