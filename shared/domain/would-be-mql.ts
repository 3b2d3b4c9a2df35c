import { assess, meetsThreshold } from './assessment.ts';
import type { Decision } from './decision.ts';
import type { Lead, TimelineEntry } from './lead.ts';
import { type LeadContext, moveLead } from './move-lead.ts';
import { refusalOf } from './stage-moves.ts';
import { latest } from './time.ts';

/** Why a lead would be an MQL, and the engagement that makes it one. */
export type Awaited = Readonly<{ by: 'interest' | 'asked'; cause: TimelineEntry }>;

/** Whether what a lead did so far makes it an MQL now, although nothing new happens; undefined: it does not. */
export const awaited = (lead: Lead, { policy, profile, now }: LeadContext): Awaited | undefined => {
  const assessment = assess(lead, profile, policy.policy, now);
  if (assessment.excluded !== undefined || assessment.unserved) return undefined;
  const { asked } = assessment;
  if (asked !== undefined && isUnanswered(lead, asked) && refusalOf(lead, 'asked', 'mql', now) === undefined)
    return { by: 'asked', cause: asked };
  if (refusalOf(lead, 'interest', 'mql', now) !== undefined) return undefined;
  if (!meetsThreshold(assessment, profile, policy.policy)) return undefined;
  const earned = new Set(
    assessment.payments.filter(({ points }) => points > 0).map(({ entryId }) => entryId),
  );
  const cause = lead.timeline.findLast(({ id }) => earned.has(id));
  return cause === undefined ? undefined : { by: 'interest', cause };
};

/** The lead, marked if it would be an MQL now; one that waits already goes on to wait since then. */
export const marked = (lead: Lead, context: LeadContext): Lead => {
  const { wouldBeMql: before, ...kept } = lead;
  const waits = awaited(lead, context);
  if (waits === undefined) return before === undefined ? lead : kept;
  if (before?.by === waits.by && before.causeId === waits.cause.id) return lead;
  return { ...kept, wouldBeMql: { by: waits.by, causeId: waits.cause.id, since: context.now } };
};

/** Where a lead came to an end, what it asked before was answered by that; several deals may have ended in the same way. */
const isUnanswered = ({ stage, stageAt, deal }: Lead, { occurredAt }: TimelineEntry): boolean =>
  (stage !== 'disqualified' && stage !== 'lost') || occurredAt > latest(stageAt, deal?.at ?? stageAt);

/**
 * A person lets a lead go on that waits as a would-be MQL. Decided again from what is true now: one that has cooled
 * meanwhile, or is excluded, waits no longer and does not move. One that does not wait is left alone, so a command that
 * comes twice moves nobody twice.
 */
export const decideActivation = (
  lead: Lead,
  { by }: Readonly<{ by: string }>,
  context: LeadContext,
): Decision<Lead> => {
  const { wouldBeMql, ...kept } = lead;
  if (wouldBeMql === undefined) return { state: lead, facts: [] };
  const waits = awaited(lead, context);
  if (waits === undefined) return { state: kept, facts: [] };
  const { cause } = waits;
  const moved = moveLead(
    lead,
    {
      by: waits.by,
      to: 'mql',
      cause: { type: 'command', id: `activate-${cause.id}` },
      actor: by,
      reason: waits.by === 'asked' ? 'intent' : 'threshold',
      // Sales hears of it only now: a question from long ago is not urgent any more.
      ...(waits.by === 'asked' ? { asked: { ...cause, receivedAt: context.now } } : {}),
    },
    context,
  );
  return moved.type === 'moved' ? moved : { state: kept, facts: [] };
};
