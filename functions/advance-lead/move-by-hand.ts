import { decideManualMove, type ManualMoveCommand } from '../../shared/domain/decide-manual-move.ts';
import type { ManualMove } from '../../shared/events/commands.ts';
import { type ChangeLeadDeps, type LeadOutcome, makeChangeLead } from '../../shared/leads/change-lead.ts';
import type { RejectedLog } from '../../shared/ports.ts';

export type MoveByHandDeps = ChangeLeadDeps & Readonly<{ rejected: RejectedLog }>;

const names = { promote: 'PromoteLead', demote: 'DemoteLead' } as const;

/** A person promotes or demotes a lead. A refusal is kept with the lead, and in the log of what was rejected. */
export const makeMoveByHand = (deps: MoveByHandDeps) => {
  const changeLead = makeChangeLead(deps);
  return async (type: ManualMoveCommand['type'], command: ManualMove): Promise<LeadOutcome | 'refused'> => {
    const { id, leadId, by, reason } = command;
    let refusal: string | undefined;
    const outcome = await changeLead(leadId, () => (lead, context) => {
      refusal = lead === undefined ? 'no such lead' : undefined;
      if (lead === undefined) return undefined;
      const decision = decideManualMove(lead, { id, type, by, reason }, context);
      refusal = decision.refusal;
      return decision;
    });
    if (refusal === undefined) return outcome;
    // After the lead, which remembers: a stop in between says it again when the command comes again.
    await deps.rejected.add({
      at: deps.clock.now(),
      by: 'advance-lead',
      code: 'illegal-move',
      reasons: [refusal],
      payload: JSON.stringify({ 'detail-type': names[type], detail: command }),
    });
    return 'refused';
  };
};
