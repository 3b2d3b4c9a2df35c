import { mergeLeads } from '../../../shared/events/commands.ts';
import { UsageError } from '../usage-error.ts';
import { awaitLead } from './await-lead.ts';
import type { LeadWorld } from './lead-world.ts';

export type MergeLeadsOptions = Readonly<{ leadIds: readonly [string, string]; by: string; reason: string }>;

export type MergeReport = Readonly<{
  /** Of the command; the fact names it. */
  id: string;
  leadIds: readonly [string, string];
  /** The one that stays, and the one that is it from now on; absent: they were not merged. */
  into?: string;
  from?: string;
  /** `pending`: the command waits, and will be carried out once. */
  outcome: 'merged' | 'refused' | 'pending';
  why?: string;
}>;

/**
 * Sends the command to the leads' own worker, which decides which one stays, and waits for what it decided.
 * @throws UsageError if there is no such lead, or it is one.
 */
export const mergeTwoLeads = async (
  { leadIds, by, reason }: MergeLeadsOptions,
  world: LeadWorld,
): Promise<MergeReport> => {
  const [first, second] = leadIds;
  if (first === second) throw new UsageError(`Both name the lead ${first}: there is nothing to merge.`);
  for (const leadId of leadIds)
    if ((await world.leads.load(leadId)).state === undefined)
      throw new UsageError(
        `There is no lead ${leadId}: facts and mails name leads by their id, and baton explain --email finds it.`,
      );
  const id = `merge-${world.newId()}`;
  await world.commands.send([{ type: mergeLeads.type, detail: { id, leadIds, by, reason } }]);
  const seen = await awaitLead<Pick<MergeReport, 'outcome' | 'into' | 'from' | 'why'>>(
    world,
    first,
    async (lead) => {
      const refusal = lead.refusedMerges?.find((merge) => merge.id === id);
      if (refusal !== undefined) return { outcome: 'refused', why: refusal.refused };
      if (lead.mergedInto?.id === id) return { outcome: 'merged', from: first, into: second };
      const other = (await world.leads.load(second)).state;
      return other?.mergedInto?.id === id ? { outcome: 'merged', from: second, into: first } : undefined;
    },
  );
  return { id, leadIds, ...(seen ?? { outcome: 'pending' as const }) };
};
