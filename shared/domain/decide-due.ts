import { assess, meetsThreshold } from './assessment.ts';
import { coldAt, isCold } from './cold.ts';
import type { Decision } from './decision.ts';
import { categorySumsOf } from './fold/tally-score.ts';
import type { Lead } from './lead.ts';
import { type LeadContext, moveLead } from './move-lead.ts';
import { epochOf, type Instant, later, MINUTE } from './time.ts';

/** So long the handoff of a new MQL may take to appear before somebody looks for it. */
const grace = 5 * MINUTE;
/** So long the rest of a merge mostly takes. */
const mergeGrace = MINUTE;

/**
 * When somebody is to look at the lead although nothing comes in: an MQL whose handoff is not known yet, one that goes
 * cold while no handoff is open, the end of a rest, and a merge that is not complete.
 */
export const leadDueAt = (
  lead: Lead,
  { policy, now }: Pick<LeadContext, 'policy' | 'now'>,
): Instant | undefined => {
  if (lead.mergedInto !== undefined)
    return lead.unconfirmed === undefined ? undefined : later(lead.mergedInto.at, mergeGrace);
  if (lead.stage === 'recycled') return lead.restUntil;
  if (lead.stage !== 'mql') return undefined;
  if (lead.unconfirmed !== undefined) return later(lead.stageAt, grace);
  if (lead.handoff?.open === true) return undefined;
  return coldAt(categorySumsOf(lead.tally, policy.policy, epochOf(now)), policy.policy, now);
};

/** Goes cold, or ends its rest, if it is time; otherwise the same state and no facts. */
export const decideDue = (lead: Lead, context: LeadContext): Decision<Lead> => {
  const nothing = { state: lead, facts: [] };
  const { policy, profile, now } = context;
  const assessment = assess(lead, profile, policy.policy, now);
  if (lead.stage === 'mql' && isCold(assessment.engagement, policy.policy)) {
    const cause = { type: 'due', id: `cold-${now}` } as const;
    const moved = moveLead(
      lead,
      { by: 'cold', to: 'recycled', cause, actor: 'baton', reason: 'cold' },
      context,
    );
    return moved.type === 'moved' ? moved : nothing;
  }
  if (lead.stage === 'recycled' && lead.restUntil !== undefined) {
    const qualifies =
      assessment.excluded === undefined &&
      !assessment.unserved &&
      lead.tally.earned !== undefined &&
      meetsThreshold(assessment, profile, policy.policy);
    const cause = { type: 'due', id: `rest-${lead.restUntil}` } as const;
    const target = qualifies
      ? ({ to: 'mql', reason: 'threshold' } as const)
      : ({ to: 'inquiry', reason: 'rest-over' } as const);
    const moved = moveLead(lead, { by: 'rest-over', ...target, cause, actor: 'baton' }, context);
    return moved.type === 'moved' ? moved : nothing;
  }
  return nothing;
};
