import type { Lead } from './lead.ts';
import { isWithSales, type MergeSide } from './merge-side.ts';
import { mostVerdicts } from './take-verdicts.ts';

/** Why two leads cannot be made one; undefined: they can. */
export const mergeRefusal = ([one, other]: readonly [MergeSide, MergeSide]): string | undefined => {
  if (one.leadId === other.leadId) return 'it is one lead';
  for (const { leadId, lead } of [one, other])
    if (lead.mergedInto !== undefined) return `${leadId} was merged into ${lead.mergedInto.into}`;
  const merging = [one, other].find(({ isMerging }) => isMerging);
  if (merging !== undefined)
    return `another one is being merged into ${merging.leadId}, which takes a minute or two`;
  if (isWithSales(one) && isWithSales(other)) return 'both have a handoff that is open or accepted';
  return judgedIn(one, other) > mostVerdicts
    ? `together they have more judged engagements than a lead can keep, which are ${mostVerdicts}`
    : undefined;
};

const judgedIn = (...sides: readonly MergeSide[]): number =>
  new Set(sides.flatMap(({ lead: { verdicts = [] } }) => verdicts.map(({ engagementId }) => engagementId)))
    .size;

/** So many are enough for whoever waits for an answer. */
const rememberedRefusals = 8;

/** The lead remembers a refusal, for who asked, and so that the command stays refused if it comes again. */
export const withRefusedMerge = (lead: Lead, id: string, refused: string): Lead => ({
  ...lead,
  refusedMerges: [...(lead.refusedMerges ?? []), { id, refused }].slice(-rememberedRefusals),
});
