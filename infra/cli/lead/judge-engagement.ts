import { verdictOn } from '../../../shared/domain/counted.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import type { Stage } from '../../../shared/domain/stage.ts';
import { mostVerdicts } from '../../../shared/domain/take-verdicts.ts';
import { epochOf } from '../../../shared/domain/time.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { overrules, type Verdict } from '../../../shared/domain/verdict.ts';
import { engagementJudged } from '../../../shared/events/commands.ts';
import { UsageError } from '../usage-error.ts';
import { awaitLead, existingLead } from './await-lead.ts';
import type { LeadWorld } from './lead-world.ts';

export type JudgeOptions = Readonly<
  { leadId: string } & Pick<Verdict, 'engagementId' | 'verdict' | 'by' | 'reason'>
>;

export type JudgeReport = Readonly<{
  leadId: string;
  engagementId: string;
  verdict: Verdict['verdict'];
  sequence: number;
  /** False: it has not come yet; the verdict waits for it. */
  engagementKnown: boolean;
  /** `overruled`: somebody said otherwise meanwhile. `pending`: the command waits, and will be carried out once. */
  outcome: 'in-force' | 'overruled' | 'pending';
  /** As it is after the verdict. */
  stage: Stage;
}>;

/**
 * Says whether an engagement counts. It comes after whatever was said of it before, also if that is still under way.
 * @throws UsageError if there is no such lead, or it has as many verdicts as it can keep.
 */
export const judgeEngagement = async (
  { leadId: named, engagementId, verdict, by, reason }: JudgeOptions,
  world: LeadWorld,
): Promise<JudgeReport> => {
  const { leadId, lead } = await existingLead(world, named);
  const ref = engagementRef(engagementId);
  const known = verdictOn(lead, ref);
  if (known === undefined && (lead.verdicts?.length ?? 0) >= mostVerdicts)
    throw new UsageError(
      `The lead ${leadId} has ${mostVerdicts} judged engagements, and can keep no more: exclude it in the policy instead.`,
    );
  const at = world.now();
  const said: Verdict = {
    id: `judge-${world.newId()}`,
    engagementId,
    verdict,
    sequence: Math.max(epochOf(at), (known?.sequence ?? -1) + 1),
    by,
    reason,
    at,
  };
  await world.commands.send([{ type: engagementJudged.type, detail: { leadId, ...said } }]);
  const seen = await awaitLead(world, leadId, (state) => {
    const inForce = verdictOn(state, ref);
    return inForce === undefined || overrules(said, inForce) ? undefined : { state, inForce };
  });
  return {
    leadId,
    engagementId,
    verdict,
    sequence: said.sequence,
    engagementKnown: await hasHappened(world, leadId, ref),
    outcome: seen === undefined ? 'pending' : seen.inForce.id === said.id ? 'in-force' : 'overruled',
    stage: (seen?.state ?? lead).stage,
  };
};

const hasHappened = async (
  { leads }: Pick<LeadWorld, 'leads'>,
  leadId: string,
  ref: string,
): Promise<boolean> => {
  const timeline = await leads.timeline(leadId, await leads.load(leadId), wholeSpan);
  return timeline.some(({ id }) => id === ref);
};
