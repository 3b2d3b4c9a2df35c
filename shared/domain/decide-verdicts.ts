import { type Arrival, askOf } from './arrival.ts';
import { paymentsOfLead } from './assess-whole.ts';
import { type Assessment, asksToTalk, assess, meetsThreshold } from './assessment.ts';
import { countedTimeline, verdictOn } from './counted.ts';
import { decidedWith } from './decided-with.ts';
import { tolerance } from './fold/score.ts';
import { latestAsk, withAsk } from './latest-ask.ts';
import { type Lead, newLead } from './lead.ts';
import type { LeadDecision } from './lead-priority.ts';
import { type LeadContext, moveLead, type StageMove } from './move-lead.ts';
import { refoldLead } from './refold-lead.ts';
import { takeVerdicts } from './take-verdicts.ts';
import { factsOfEngagements } from './tell-engagements.ts';
import { epochOf } from './time.ts';
import type { TimelineEntry } from './timeline.ts';
import { letsCount, type Verdict } from './verdict.ts';
import { marked } from './would-be-mql.ts';

/**
 * Takes verdicts on engagements, of which the highest sequence counts. Less points demote nobody, and take no handoff
 * back: what is cold without one goes cold as usual. An engagement that came while it did not count is told of when it
 * is released. `refused`: the lead has as many verdicts as it can keep. Nothing new: the same state, no facts. `timeline`:
 * the whole of it, for a verdict changes what everything else earns.
 */
export const decideVerdicts = (
  lead: Lead | undefined,
  timeline: readonly TimelineEntry[],
  verdicts: readonly Verdict[],
  context: LeadContext,
): LeadDecision & Readonly<{ refused: readonly Verdict[] }> => {
  const { policy, profile, now } = context;
  const before = lead ?? newLead(now, decidedWith(policy));
  const { kept, refused } = takeVerdicts(before.verdicts, verdicts);
  if (kept === undefined) return { state: before, facts: [], refused };
  const judged = refoldLead({ ...before, verdicts: [...kept] }, timeline, policy);
  const heard = timeline
    .filter(({ id }) => verdictOn(before, id)?.untold === true && letsCount(verdictOn(judged, id)))
    // Sales hears of it only now: what was asked long ago is not urgent any more.
    .map((entry): Arrival => ({ ...entry, engagementId: entry.id, receivedAt: epochOf(now) }));
  const asking = new Set(heard.filter((one) => asksToTalk(one, policy.policy)).map(({ id }) => id));
  const assessment = assess(judged, profile, policy.policy, now);
  const raising = () => raisedBy(before, judged, timeline, assessment, context);
  const move = moveToMql(
    judged,
    heard.find(({ id }) => asking.has(id)),
    raising,
    assessment,
    context,
  );
  const moved = move === undefined ? undefined : moveLead(judged, move, context);
  const { state, facts } =
    moved?.type === 'moved' ? moved : { state: stillWaiting(judged, context), facts: [] };
  const asked = latestAsk(state, timeline, policy.policy);
  return {
    state: withAsk(state, asked),
    cause: { type: 'command', id: verdicts.at(-1)?.id ?? '' },
    facts: [...facts, ...factsOfEngagements(heard, asking, state, () => assessment, context)],
    refused,
  };
};

/**
 * A lead that waits for a person to let it go on does so because of what counts. Where nothing is left of that, it waits
 * all the same: said otherwise a moment later, it must not be handed off; and who lets it go on looks again.
 */
const stillWaiting = (lead: Lead, context: LeadContext): Lead => {
  if (lead.wouldBeMql === undefined) return lead;
  const next = marked(lead, context);
  return next.wouldBeMql === undefined ? lead : next;
};

/** Who lets engagements count, or takes bad ones back, decides as a person does what they make of the lead. */
const moveToMql = (
  judged: Lead,
  ask: Arrival | undefined,
  raisedBy: () => Verdict | undefined,
  assessment: Assessment,
  context: LeadContext,
): StageMove | undefined => {
  const { policy, profile } = context;
  if (assessment.excluded !== undefined || assessment.unserved) return undefined;
  if (ask !== undefined)
    return {
      by: 'asked',
      to: 'mql',
      // Both facts, that it is an MQL and that it asked, name the handoff of the engagement.
      cause: { type: 'command', id: ask.engagementId },
      actor: verdictOn(judged, ask.id)?.by ?? 'baton',
      reason: 'intent',
      asked: askOf(ask),
    };
  // A lead that waits for a person to let it go on still does.
  if (judged.wouldBeMql !== undefined) return undefined;
  const raising = raisedBy();
  if (raising === undefined || !meetsThreshold(assessment, profile, policy.policy)) return undefined;
  const cause = { type: 'command', id: raising.id } as const;
  return { by: 'interest', to: 'mql', cause, actor: raising.by, reason: 'threshold' };
};

/**
 * The verdict by which the lead has more points than before. Taking back good points is never one, even where a younger
 * engagement is paid instead and has faded less.
 */
const raisedBy = (
  before: Lead,
  judged: Lead,
  timeline: readonly TimelineEntry[],
  assessment: Assessment,
  { profile, policy, now }: LeadContext,
): Verdict | undefined => {
  const earlier = assess(before, profile, policy.policy, now);
  if (assessment.engagement <= earlier.engagement + tolerance) return undefined;
  const payments = paymentsOfLead(before, timeline, policy.policy);
  const cost = new Set(payments.filter(({ points }) => points < 0).map(({ entryId }) => entryId));
  const counted = new Set(countedTimeline(before, timeline).map(({ id }) => id));
  const entry = timeline.findLast(({ id }) => {
    const counts = letsCount(verdictOn(judged, id));
    return counts ? !counted.has(id) : counted.has(id) && cost.has(id);
  });
  return entry === undefined ? undefined : verdictOn(judged, entry.id);
};
