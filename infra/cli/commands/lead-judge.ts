import type { Verdict } from '../../../shared/domain/verdict.ts';
import { connectTo } from '../environment-connection.ts';
import { judgeEngagement } from '../lead/judge-engagement.ts';
import { judgeText } from '../lead/lead-text.ts';
import { connectLeads } from '../lead/lead-world.ts';
import { personAndReason } from '../lead/person-and-reason.ts';
import type { LeadMoveCommand } from './lead-move.ts';

export type LeadJudgeCommand = LeadMoveCommand &
  Readonly<{ engagement: string; verdict: Verdict['verdict'] }>;

/** Returns the exit code: 1 if the verdict is not in force. */
export const leadJudge = async ({
  lead: leadId,
  engagement: engagementId,
  verdict,
  env,
  json,
  ...said
}: LeadJudgeCommand): Promise<number> => {
  const person = personAndReason(said);
  const world = await connectLeads(await connectTo(env));
  const report = await judgeEngagement({ leadId, engagementId, verdict, ...person }, world);
  process.stdout.write(`${json ? JSON.stringify(report) : judgeText(report)}\n`);
  return report.outcome === 'in-force' ? 0 : 1;
};
