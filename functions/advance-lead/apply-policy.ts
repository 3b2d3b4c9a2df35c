import { decideApplied } from '../../shared/domain/apply-policy.ts';
import type { ApplyPolicy } from '../../shared/events/commands.ts';
import { type ChangeLeadDeps, type LeadOutcome, makeChangeLead } from '../../shared/leads/change-lead.ts';

/** Judges leads by the policy in force, also those whose timelines are too long for that to happen in passing. */
export const makeApplyPolicy = (deps: ChangeLeadDeps) => {
  const changeLead = makeChangeLead({ ...deps, longestAnew: Infinity });
  return async ({ leadId, by, sequence }: ApplyPolicy): Promise<LeadOutcome> => {
    // This instance may not have heard of it yet.
    const { sequence: inForce } = await deps.policy.current(sequence);
    if (inForce !== sequence) return 'unchanged';
    return changeLead(leadId, ({ loaded }) => (lead, context) => {
      if (lead === undefined || context.policy.sequence !== sequence) return undefined;
      const decision = decideApplied(lead, { by, sequence }, context);
      const isDone = loaded.state?.policy.sequence === sequence && decision.facts.length === 0;
      return isDone ? undefined : decision;
    });
  };
};
