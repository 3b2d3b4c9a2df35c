import type { HandoffStates } from '../../shared/domain/handoff.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import type { LeadOutcome } from '../../shared/leads/change-lead.ts';
import { makeUniteRecords } from '../../shared/leads/unite-records.ts';
import type { Aggregates, LeadRecords, LeadStore } from '../../shared/ports.ts';

export type CompleteMergeDeps = Readonly<{
  leads: LeadStore;
  records: LeadRecords;
  handoffs: Pick<Aggregates<HandoffStates>, 'load'>;
  nurture: Pick<Aggregates<NurtureStates>, 'load'>;
}>;

/**
 * A lead that was merged, and due: profile and answers are united once more, and once all others have done their part,
 * it is due no more. As long as they have not it stays due.
 */
export const makeCompleteMerge = ({ leads, records, handoffs, nurture }: CompleteMergeDeps) => {
  const uniteRecords = makeUniteRecords(records);
  return async (leadId: string): Promise<LeadOutcome> => {
    const loaded = await leads.load(leadId);
    const { state } = loaded;
    if (state?.mergedInto === undefined || state.unconfirmed === undefined) return 'unchanged';
    await uniteRecords(leadId, state.mergedInto.into);
    const [ofHandoffs, ofMails] = [
      await handoffs.load('lead-handoffs', leadId),
      await nurture.load('mailbox', leadId),
    ];
    if (ofHandoffs.state?.mergedInto === undefined || ofMails.state?.mergedInto === undefined)
      return 'unchanged';
    const { unconfirmed: _, ...complete } = state;
    // Whoever saved it first did the same.
    await leads.save(leadId, loaded, { state: complete, facts: [] });
    return 'saved';
  };
};
