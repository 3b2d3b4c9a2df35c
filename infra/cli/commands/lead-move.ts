import { connectTo } from '../environment-connection.ts';
import { moveText } from '../lead/lead-text.ts';
import { connectLeads } from '../lead/lead-world.ts';
import { type MoveLeadOptions, moveLeadByHand } from '../lead/move-lead.ts';
import { personAndReason } from '../lead/person-and-reason.ts';

export type LeadMoveCommand = Readonly<{
  lead: string;
  reason: string;
  by?: string;
  env?: string;
  json?: true;
}>;

/** Returns the exit code: 1 if it was refused, or is not done yet. */
export const leadMove = async (
  type: MoveLeadOptions['type'],
  { lead: leadId, env, json, ...said }: LeadMoveCommand,
): Promise<number> => {
  const person = personAndReason(said);
  const report = await moveLeadByHand({ type, leadId, ...person }, await connectLeads(await connectTo(env)));
  process.stdout.write(`${json ? JSON.stringify(report) : moveText(report)}\n`);
  return report.outcome === 'moved' ? 0 : 1;
};
