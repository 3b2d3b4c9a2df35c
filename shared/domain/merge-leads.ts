import type { Fact } from '../events/facts.ts';
import { isNewerDeal } from './decide-deal.ts';
import { rememberedMoves } from './decide-manual-move.ts';
import { type DecidingPolicy, decidedWith } from './decided-with.ts';
import type { Decision } from './decision.ts';
import type { Lead } from './lead.ts';
import { mergeRefusal } from './merge-refusal.ts';
import { isWithSales, type MergeSide } from './merge-side.ts';
import { refoldLead } from './refold-lead.ts';
import type { Stage } from './stage.ts';
import { furtherOf } from './stage-moves.ts';
import { rememberedChanges } from './take-arrivals.ts';
import { takeVerdicts } from './take-verdicts.ts';
import { epochOf, type Instant, latest } from './time.ts';
import { compareEntries, type EntryKey, unitedTimeline } from './timeline.ts';

export type MergeCommand = Readonly<{ id: string; by: string; reason: string }>;

type Merged = Readonly<{ leadId: string } & Decision<Lead>>;
export type MergeDecision = Readonly<
  { type: 'refused'; why: string } | { type: 'merged'; survivor: Merged; loser: Merged }
>;

type MergeContext = Readonly<{
  policy: DecidingPolicy;
  now: Instant;
  /** Keyed hashes of the addresses of both. */
  addresses: readonly string[];
}>;

/**
 * Makes one lead of two, or says why that is not possible. The one that did something first stays. It is judged anew by
 * the policy in force, over all that both did, from the later cut-off on; it becomes no MQL by that, though the next thing
 * that it does may make it one.
 */
export const decideMerge = (
  sides: readonly [MergeSide, MergeSide],
  command: MergeCommand,
  context: MergeContext,
): MergeDecision => {
  const why = mergeRefusal(sides);
  if (why !== undefined) return { type: 'refused', why };
  const [stays, goes] = sides.toSorted(byAge);
  if (stays === undefined || goes === undefined) throw new RangeError('two sides');
  const survivor = takeOver(stays, goes, context);
  return {
    type: 'merged',
    survivor: { leadId: stays.leadId, state: survivor, facts: [] },
    loser: leave(
      goes,
      { leadId: stays.leadId, from: stays.lead.stage, to: survivor.stage },
      command,
      context,
    ),
  };
};

const byAge = (a: MergeSide, b: MergeSide): number =>
  firstAt(a) === firstAt(b) ? (a.leadId < b.leadId ? -1 : 1) : firstAt(a) - firstAt(b);

/** Of one that did nothing: after all. */
const firstAt = ({ timeline }: MergeSide): number => timeline[0]?.at ?? Number.MAX_VALUE;

const takeOver = (stays: MergeSide, goes: MergeSide, { policy, now }: MergeContext): Lead => {
  const timeline = unitedTimeline(stays.timeline, goes.timeline);
  const [a, b] = [stays.lead, goes.lead];
  const standing = standingOf(stays, goes);
  const cutOff =
    a.cutOff === undefined || b.cutOff === undefined ? (a.cutOff ?? b.cutOff) : latest(a.cutOff, b.cutOff);
  const verdicts = takeVerdicts(a.verdicts, b.verdicts ?? []).kept ?? a.verdicts;
  const manualMoves = [...(a.manualMoves ?? []), ...(b.manualMoves ?? [])]
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .slice(-rememberedMoves);
  const deal = newest(a.deal, b.deal);
  const ask = latestOf(a.ask, b.ask);
  const until = lastAt(goes, now);
  const own = { count: timeline.length, tally: a.tally, policy: decidedWith(policy) };
  const lead: Lead = {
    ...own,
    ...standing,
    furthest: furtherOf(a.furthest, b.furthest),
    profileChanges: [...new Set([...b.profileChanges, ...a.profileChanges])].slice(-rememberedChanges),
    absorbed: [
      ...(a.absorbed ?? []),
      { id: goes.leadId, at: now, ...(until === undefined ? {} : { until }) },
      ...(b.absorbed ?? []),
    ],
    ...(cutOff === undefined ? {} : { cutOff }),
    ...(ask === undefined ? {} : { ask }),
    ...(verdicts === undefined ? {} : { verdicts: [...verdicts] }),
    ...(manualMoves.length === 0 ? {} : { manualMoves }),
    ...(deal === undefined ? {} : { deal }),
    ...(a.hasUnanchored || b.hasUnanchored ? { hasUnanchored: true } : {}),
    ...(a.refusedMerges === undefined ? {} : { refusedMerges: a.refusedMerges }),
  };
  return refoldLead(lead, timeline, policy);
};

/** Nothing that is kept under its name happened after this. A copy that had no believable time may be at another one. */
const lastAt = ({ lead, timeline }: MergeSide, now: Instant): number | undefined => {
  const at = timeline.at(-1)?.at;
  return at !== undefined && lead.hasUnanchored ? Math.max(at, epochOf(now)) : at;
};

/** What belongs to the further stage comes along with it. */
const standingOf = (
  stays: MergeSide,
  goes: MergeSide,
): Pick<
  Lead,
  'stage' | 'stageAt' | 'mqlCause' | 'unconfirmed' | 'handoff' | 'hot' | 'restUntil' | 'wouldBeMql'
> => {
  const { stage, stageAt, mqlCause, unconfirmed, handoff, hot, restUntil, wouldBeMql } = further(
    stays,
    goes,
  ).lead;
  return {
    stage,
    stageAt,
    ...(mqlCause === undefined ? {} : { mqlCause }),
    ...(unconfirmed === undefined ? {} : { unconfirmed }),
    ...(handoff === undefined ? {} : { handoff }),
    ...(hot === undefined ? {} : { hot }),
    ...(restUntil === undefined ? {} : { restUntil }),
    ...(wouldBeMql === undefined ? {} : { wouldBeMql }),
  };
};

/** Off the path is further than not begun, for somebody decided it; but whoever is on it is. */
const ranking: readonly Stage[] = [
  'inquiry',
  'recycled',
  'lost',
  'disqualified',
  'mql',
  'sal',
  'sql',
  'customer',
];

const further = (stays: MergeSide, goes: MergeSide): MergeSide => {
  const ahead = ranking.indexOf(goes.lead.stage) - ranking.indexOf(stays.lead.stage);
  if (ahead !== 0) return ahead > 0 ? goes : stays;
  if (isWithSales(goes) !== isWithSales(stays)) return isWithSales(goes) ? goes : stays;
  return stays.lead.wouldBeMql === undefined && goes.lead.wouldBeMql !== undefined ? goes : stays;
};

const newest = (a: Lead['deal'], b: Lead['deal']): Lead['deal'] => {
  if (a === undefined || b === undefined) return a ?? b;
  return isNewerDeal(b, a) ? b : a;
};

const latestOf = (a: Lead['ask'], b: Lead['ask']): Lead['ask'] => {
  if (a === undefined || b === undefined) return a ?? b;
  const key = ({ occurredAt, id }: NonNullable<Lead['ask']>): EntryKey => ({ at: epochOf(occurredAt), id });
  return compareEntries(key(a), key(b)) < 0 ? b : a;
};

const leave = (
  { leadId, lead }: MergeSide,
  into: Readonly<{ leadId: string; from: Stage; to: Stage }>,
  { id, by, reason }: MergeCommand,
  { policy, now, addresses }: MergeContext,
): Merged => {
  // What is to be done about it is done about the other one.
  const { unconfirmed: _, wouldBeMql: _waits, restUntil: _rest, ...kept } = lead;
  const fact: Fact = {
    type: 'LeadMerged',
    leadId,
    at: now,
    into: into.leadId,
    by,
    commandId: id,
    from: into.from,
    to: into.to,
    policy: policy.hash,
    addresses: [...addresses],
  };
  return {
    leadId,
    state: { ...kept, mergedInto: { into: into.leadId, id, by, reason, at: now } },
    facts: [fact],
  };
};
