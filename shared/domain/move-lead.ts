import type { Cause, FactOf } from '../events/facts.ts';
import { assess, isHot } from './assessment.ts';
import { type DecidingPolicy, decidedWith } from './decided-with.ts';
import type { Decision } from './decision.ts';
import type { Ask, Lead } from './lead.ts';
import type { Profile } from './profile.ts';
import type { Stage } from './stage.ts';
import { furtherOf, type Mover, refusalOf, skippedStages } from './stage-moves.ts';
import { type Instant, latest } from './time.ts';

/** What decisions about one lead are made with. */
export type LeadContext = Readonly<{
  leadId: string;
  profile: Profile;
  /** The one in force, or the lead's own older one as long as that scores it. */
  policy: DecidingPolicy;
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
  asked?: Ask;
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
  const cutOff = to === 'recycled' ? latest(at, lead.cutOff ?? at) : lead.cutOff;
  const ask = askAfter(lead, move, cutOff);
  const { unconfirmed: _, restUntil: _rest, wouldBeMql, handoff, ask: _ask, ...kept } = lead;
  const state: Lead = {
    ...kept,
    stage: to,
    stageAt: at,
    furthest: furtherOf(lead.furthest, to),
    policy: decidedWith(context.policy),
    ...(cutOff === lead.cutOff ? {} : { cutOff, refold: true }),
    ...(ask === undefined ? {} : { ask }),
    ...(to === 'mql' ? { mqlCause: { type: move.cause.type, id: move.cause.id, at } } : {}),
    // A new MQL gets a handoff of its own.
    ...(to === 'mql' || handoff === undefined ? {} : { handoff }),
    ...(move.restUntil === undefined ? {} : { restUntil: move.restUntil }),
    // The end of a rest answers nobody; any other move does.
    ...(to === 'inquiry' && wouldBeMql !== undefined ? { wouldBeMql } : {}),
  };
  return { type: 'moved', state, facts: [stageChanged(lead, move, context, at)] };
};

/** What was asked in an earlier cycle is heard only as long as it is why the lead is an MQL. */
const askAfter = ({ ask }: Lead, { to, asked }: StageMove, cutOff: Instant | undefined): Ask | undefined => {
  if (to === 'mql') return ask ?? asked;
  return ask !== undefined && ask.occurredAt > (cutOff ?? '') ? ask : undefined;
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
    ...(asked === undefined ? {} : { asked: namedAsk(asked) }),
    hot: isHot(assessment, policy.policy, asked !== undefined),
    ...(restUntil === undefined ? {} : { restUntil }),
    ...(skipped.length === 0 ? {} : { skipped: [...skipped] }),
  };
};

/** An engagement that asked to talk, as facts name it. */
export const namedAsk = ({ engagementId, kind, occurredAt, receivedAt }: Ask) => ({
  engagementId,
  kind,
  occurredAt,
  receivedAt,
});
