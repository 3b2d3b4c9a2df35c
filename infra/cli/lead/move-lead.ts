import type { ManualMoveCommand } from '../../../shared/domain/decide-manual-move.ts';
import type { Stage } from '../../../shared/domain/stage.ts';
import { demoteLead, promoteLead } from '../../../shared/events/commands.ts';
import { awaitLead, existingLead } from './await-lead.ts';
import type { LeadWorld } from './lead-world.ts';

export type MoveLeadOptions = Readonly<{
  type: ManualMoveCommand['type'];
  leadId: string;
  by: string;
  reason: string;
}>;

export type MoveLeadReport = Readonly<{
  /** Of the command; the fact names it as its cause. */
  id: string;
  leadId: string;
  from: Stage;
  to: Stage;
  /** `pending`: the command waits, and will be carried out once. */
  outcome: 'moved' | 'refused' | 'pending';
  why?: string;
}>;

const definitions = { promote: promoteLead, demote: demoteLead } as const;

/**
 * Sends the command to the lead's own worker, which decides, and waits for what it decided.
 * @throws UsageError if there is no such lead.
 */
export const moveLeadByHand = async (
  { type, leadId: named, by, reason }: MoveLeadOptions,
  world: LeadWorld,
): Promise<MoveLeadReport> => {
  const {
    leadId,
    lead: { stage: from },
  } = await existingLead(world, named);
  const id = `${type}-${world.newId()}`;
  await world.commands.send([{ type: definitions[type].type, detail: { id, leadId, by, reason } }]);
  const made = await awaitLead(world, leadId, ({ manualMoves }) =>
    manualMoves?.find((move) => move.id === id),
  );
  const to = made?.to ?? (type === 'promote' ? 'mql' : 'recycled');
  if (made === undefined) return { id, leadId, from, to, outcome: 'pending' };
  return made.refused === undefined
    ? { id, leadId, from, to, outcome: 'moved' }
    : { id, leadId, from, to, outcome: 'refused', why: made.refused };
};
