import { assess, meetsThreshold } from './assessment.ts';
import type { Decision } from './decision.ts';
import type { Ask, Lead } from './lead.ts';
import { type LeadContext, moveLead, type StageMove } from './move-lead.ts';
import { refusalOf } from './stage-moves.ts';
import { type Instant, latest } from './time.ts';

/** Why a lead would be an MQL, and the engagement that makes it one, as facts name it. */
export type Awaited = Readonly<{ causeId: string } & ({ by: 'interest' } | { by: 'asked'; asked: Ask })>;

/** Whether what a lead did so far makes it an MQL now, although nothing new happens; undefined: it does not. */
export const awaited = (lead: Lead, { policy, profile, now }: LeadContext): Awaited | undefined => {
  const assessment = assess(lead, profile, policy.policy, now);
  if (assessment.excluded !== undefined || assessment.unserved) return undefined;
  const { asked } = assessment;
  if (asked !== undefined && isUnanswered(lead, asked) && refusalOf(lead, 'asked', 'mql', now) === undefined)
    return { by: 'asked', causeId: asked.engagementId, asked };
  if (refusalOf(lead, 'interest', 'mql', now) !== undefined) return undefined;
  if (!meetsThreshold(assessment, profile, policy.policy)) return undefined;
  // A change of the profile may have been what made it one; then only the lead itself knows.
  const causeId = lead.tally.earned?.id ?? (lead.wouldBeMql?.held && lead.wouldBeMql.causeId);
  return causeId === undefined ? undefined : { by: 'interest', causeId };
};

/** The lead, marked if it would be an MQL now; one that waits already goes on to wait since then. */
export const marked = (lead: Lead, context: LeadContext): Lead => {
  const { wouldBeMql: before, ...kept } = lead;
  const waits = awaited(lead, context);
  if (waits === undefined) return before === undefined ? lead : kept;
  if (before?.by === waits.by && before.causeId === waits.causeId) return lead;
  const held = before?.held === undefined ? {} : { held: before.held };
  return { ...kept, wouldBeMql: { by: waits.by, causeId: waits.causeId, since: context.now, ...held } };
};

/** The lead, held back although it qualifies: it waits for a person. Where it does so already, it has waited since then. */
export const heldBack = (lead: Lead, causeId: string, now: Instant): Lead => {
  const { wouldBeMql = { by: 'interest' as const, causeId, since: now } } = lead;
  return wouldBeMql.held === undefined ? { ...lead, wouldBeMql: { ...wouldBeMql, held: 'surge' } } : lead;
};

/** Where a lead came to an end, what it asked before was answered by that; several deals may have ended in the same way. */
const isUnanswered = ({ stage, stageAt, deal }: Lead, { occurredAt }: Ask): boolean =>
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
  const moved = moveLead(lead, releaseOf(waits, { command: 'activate', by }, context.now), context);
  return moved.type === 'moved' ? moved : { state: kept, facts: [] };
};

/** A person lets go on what waits, or would: the command names what qualified it, so that one cause opens one handoff. */
export const releaseOf = (
  waits: Awaited,
  { command, by }: Readonly<{ command: string; by: string }>,
  now: Instant,
): StageMove => ({
  by: waits.by,
  to: 'mql',
  cause: { type: 'command', id: `${command}-${waits.causeId}` },
  actor: by,
  reason: waits.by === 'asked' ? 'intent' : 'threshold',
  // Sales hears of it only now: a question from long ago is not urgent any more.
  ...(waits.by === 'asked' ? { asked: { ...waits.asked, receivedAt: now } } : {}),
});
