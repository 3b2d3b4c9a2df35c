import type { Cause, FactOf } from '../events/facts.ts';
import type { Policy } from '../policy/schema.ts';
import { assess, isHot } from './assessment.ts';
import type { Decision } from './decision.ts';
import type { Lead, TimelineEntry } from './lead.ts';
import type { Profile } from './profile.ts';
import type { Stage } from './stage.ts';
import { furtherOf, type Mover, refusalOf, skippedStages } from './stage-moves.ts';
import type { Instant } from './time.ts';

/** What decisions about one lead are made with. */
export type LeadContext = Readonly<{
  leadId: string;
  profile: Profile;
  /** The one in force, and which it is. */
  policy: Readonly<{ hash: string; sequence: number; policy: Policy }>;
  now: Instant;
}>;

export type StageMove = Readonly<{
  by: Mover;
  to: Stage;
  cause: Cause;
  /** `baton`, or who did it. */
  actor: string;
  /** In the policy's words. */
  reason: string;
  /** When it happened; absent: now. */
  at?: Instant;
  asked?: TimelineEntry;
  restUntil?: Instant;
}>;

export type MoveOutcome = Readonly<({ type: 'moved' } & Decision<Lead>) | { type: 'refused'; why: string }>;

/**
 * Moves a lead to another stage, or says why that is not legal. Going back to nurture cuts off what it did so far:
 * qualifying again takes new interest.
 */
export const moveLead = (lead: Lead, move: StageMove, context: LeadContext): MoveOutcome => {
  const { to } = move;
  const why = refusalOf(lead, move.by, to, context.now);
  if (why !== undefined) return { type: 'refused', why };
  const at = move.at ?? context.now;
  const { unconfirmed: _, restUntil: _rest, wouldBeMql, handoff, ...kept } = lead;
  const state: Lead = {
    ...kept,
    stage: to,
    stageAt: at,
    furthest: furtherOf(lead.furthest, to),
    policy: { hash: context.policy.hash, sequence: context.policy.sequence },
    ...(to === 'recycled' ? { cutOffs: [...lead.cutOffs, at] } : {}),
    ...(to === 'mql' ? { mqlCause: { type: move.cause.type, id: move.cause.id, at } } : {}),
    // A new MQL gets a handoff of its own.
    ...(to === 'mql' || handoff === undefined ? {} : { handoff }),
    ...(move.restUntil === undefined ? {} : { restUntil: move.restUntil }),
    // The end of a rest answers nobody; any other move does.
    ...(to === 'inquiry' && wouldBeMql !== undefined ? { wouldBeMql } : {}),
  };
  return { type: 'moved', state, facts: [stageChanged(lead, move, context, at)] };
};

const stageChanged = (
  lead: Lead,
  { to, cause, actor, reason, asked, restUntil }: StageMove,
  { leadId, profile, policy, now }: LeadContext,
  at: Instant,
): Omit<FactOf<'LeadStageChanged'>, 'factId'> => {
  const assessment = assess(lead, profile, policy.policy, now);
  const skipped = skippedStages(lead, to);
  return {
    type: 'LeadStageChanged',
    leadId,
    at,
    from: lead.stage,
    to,
    cause,
    actor,
    reason,
    policy: policy.hash,
    score: assessment.score,
    ...(asked === undefined ? {} : { asked: askOf(asked) }),
    hot: isHot(assessment, policy.policy, asked !== undefined),
    ...(restUntil === undefined ? {} : { restUntil }),
    ...(skipped.length === 0 ? {} : { skipped: [...skipped] }),
  };
};

/** An engagement that asked to talk, as facts name it. */
export const askOf = ({ id, kind, occurredAt, receivedAt }: TimelineEntry) => ({
  engagementId: id,
  kind,
  occurredAt,
  receivedAt,
});
