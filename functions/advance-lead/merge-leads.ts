import { ContentionError } from '../../shared/commit.ts';
import { sameAddress } from '../../shared/domain/consent.ts';
import { leadDueAt } from '../../shared/domain/decide-due.ts';
import type { HandoffStates } from '../../shared/domain/handoff.ts';
import { decideMerge, type MergeDecision } from '../../shared/domain/merge-leads.ts';
import { withRefusedMerge } from '../../shared/domain/merge-refusal.ts';
import type { MergeSide } from '../../shared/domain/merge-side.ts';
import { stampLead } from '../../shared/domain/stamp-lead.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { wholeSpan } from '../../shared/domain/timeline.ts';
import { mergeLeads as definition, type MergeLeads } from '../../shared/events/commands.ts';
import type { ChangeLeadDeps } from '../../shared/leads/change-lead.ts';
import { makeUniteRecords } from '../../shared/leads/unite-records.ts';
import type {
  Aggregates,
  KeyedHash,
  LeadPairStore,
  LoadedLead,
  NextLead,
  PublishedPolicy,
  RejectedLog,
} from '../../shared/ports.ts';

export type MergeLeadsDeps = Omit<ChangeLeadDeps, 'leads'> &
  Readonly<{
    leads: LeadPairStore;
    handoffs: Pick<Aggregates<HandoffStates>, 'load'>;
    keyedHash: KeyedHash;
    rejected: RejectedLog;
  }>;

export type MergeOutcome = 'merged' | 'unchanged' | 'refused';

type Loaded = Readonly<{ leadId: string; loaded: LoadedLead }>;
type Decided = Readonly<
  { type: 'merged'; into: string; from: string } | { type: 'known' } | { type: 'refused'; why: string }
>;

const maxAttempts = 8;

/**
 * Two leads become one. What must not come apart is one write of both heads: the one that goes says whom it is now, and
 * the one that stays has its timeline, its stage and what is known of it. Before that write nothing has happened. After it
 * nobody decides about the one that goes any more, for who has read it before cannot save it, and its names and old facts
 * lead to the other one. The rest follows, each part once, in any order, by those whose part it is:
 *
 * 1. here: profile and answers of the one that goes are added to those of the other. Until then it is judged without
 *    them, as if they came later.
 * 2. `LeadMerged` is in the outbox of that write:
 *    - open-handoff moves the handoff, in one write with what is kept of both; whatever else it hears of the lead comes
 *      after that, so that there never are two,
 *    - enroll-nurture moves enrolments, sends and consent in one write; until then nobody enrols or mails the lead,
 *    - record-journey unites the journeys.
 *    Each leaves with the one that goes whom it is now: that is how a second time, or a late writer, finds it done.
 * 3. the one that goes stays due until all that is there: {@link makeCompleteMerge} does 1 again and looks, and
 *    reconcile tells `LeadMerged` again if it takes too long.
 *
 * So a stop anywhere leaves nothing that is not finished, and nothing that is done twice.
 * @throws ContentionError after eight lost races.
 */
export const makeMergeLeads = (deps: MergeLeadsDeps) => {
  const uniteRecords = makeUniteRecords(deps.records);
  return async (command: MergeLeads): Promise<MergeOutcome> => {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const decided = await attemptOnce(deps, command);
      if (decided === 'conflict') {
        await deps.leads.pause(attempt);
        continue;
      }
      if (decided.type === 'known') return 'unchanged';
      if (decided.type === 'merged') {
        await uniteRecords(decided.from, decided.into);
        return 'merged';
      }
      // After the lead, which remembers: a stop in between says it again when the command comes again.
      await deps.rejected.add({
        at: deps.clock.now(),
        by: 'advance-lead',
        code: 'illegal-merge',
        reasons: [decided.why],
        payload: JSON.stringify({ 'detail-type': definition.type, detail: command }),
      });
      return 'refused';
    }
    throw new ContentionError(`gave up after ${maxAttempts} conflicts`);
  };
};

const attemptOnce = async (deps: MergeLeadsDeps, command: MergeLeads): Promise<Decided | 'conflict'> => {
  const { leads, policy, clock } = deps;
  const [first, second] = [
    { leadId: command.leadIds[0], loaded: await leads.load(command.leadIds[0]) },
    { leadId: command.leadIds[1], loaded: await leads.load(command.leadIds[1]) },
  ];
  const states = [first, second].map(({ loaded }) => loaded.state);
  if (states.some((lead) => lead?.mergedInto?.id === command.id)) return { type: 'known' };
  const refused = states.flatMap((lead) => lead?.refusedMerges ?? []).find(({ id }) => id === command.id);
  if (refused !== undefined) return { type: 'refused', why: refused.refused };
  const missing = [first, second].find(({ loaded }) => loaded.state === undefined);
  if (missing !== undefined) return { type: 'refused', why: `there is no lead ${missing.leadId}` };

  const inForce = await policy.current(Math.max(...states.map((lead) => lead?.policy.sequence ?? 0)));
  const context = { policy: inForce, now: clock.now(), addresses: await addressesOf(deps, [first, second]) };
  const sides = [await sideOf(deps, first), await sideOf(deps, second)] as const;
  const decision = decideMerge(sides, command, context);
  const pair =
    decision.type === 'refused'
      ? [nextOf(first, withRefusedMerge(sides[0].lead, command.id, decision.why), inForce, context.now)]
      : merging(decision, [first, second], inForce, context.now);
  if ((await leads.saveBoth(pair)) === 'conflict') return 'conflict';
  return decision.type === 'refused'
    ? decision
    : { type: 'merged', into: decision.survivor.leadId, from: decision.loser.leadId };
};

const sideOf = async (
  { leads, handoffs }: MergeLeadsDeps,
  { leadId, loaded }: Loaded,
): Promise<MergeSide> => {
  if (loaded.state === undefined) throw new RangeError('looked at before');
  const { state: known } = await handoffs.load('lead-handoffs', leadId);
  const absorbed = await Promise.all(
    (loaded.state.absorbed ?? []).map(async ({ id }) => (await leads.load(id)).state),
  );
  return {
    leadId,
    lead: loaded.state,
    timeline: await leads.timeline(leadId, loaded, wholeSpan),
    hasHandoff: known?.current !== undefined,
    isMerging: absorbed.some((lead) => lead?.unconfirmed !== undefined),
  };
};

/** What is known of an address holds for the person from now on, whichever of them is written to. */
const addressesOf = async (
  { records, keyedHash }: MergeLeadsDeps,
  pair: readonly Loaded[],
): Promise<readonly string[]> => {
  const ids = new Set<string>();
  for (const { leadId } of pair) {
    const email = (await records.load('profile', leadId)).state?.email?.value;
    if (email !== undefined) ids.add(await keyedHash.of(sameAddress(email)));
  }
  return [...ids];
};

const merging = (
  { survivor, loser }: MergeDecision & { type: 'merged' },
  pair: readonly Loaded[],
  policy: PublishedPolicy,
  now: Instant,
) =>
  pair.map((one) => {
    const { state, facts } = one.leadId === survivor.leadId ? survivor : loser;
    const { facts: stamped } = stampLead(one.leadId, one.loaded.version + 1, { state, facts });
    const [merged] = stamped;
    const next = merged === undefined ? state : { ...state, unconfirmed: JSON.stringify(merged) };
    return nextOf(one, next, policy, now, stamped);
  });

const nextOf = (
  { leadId, loaded }: Loaded,
  state: NextLead['state'],
  policy: PublishedPolicy,
  now: Instant,
  facts: NextLead['facts'] = [],
) => {
  const dueAt = leadDueAt(state, { policy, now });
  return { leadId, loaded, next: { state, facts, ...(dueAt === undefined ? {} : { dueAt }) } };
};
