import type { Handoff, LeadHandoffs } from '../../../shared/domain/handoff.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { MemoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import type { InboundEvent } from '../inbound-event.ts';
import type { RecordedAnswer } from './recorded-waits.ts';

/**
 * Gives recorded answers as another system would: to the handoff that the lead of the answered engagement has at that time,
 * in the name of whoever holds it then. Hears all facts, for they tell whose engagement it was.
 */
export const answersForSales = (sales: MemoryTable) => {
  const leads = new Map<string, string>();
  return {
    hear(fact: StampedFact): void {
      if (fact.type === 'LeadAskedToTalk') leads.set(fact.engagementId, fact.leadId);
      if (fact.type === 'LeadStageChanged' && fact.cause.type === 'engagement')
        leads.set(fact.cause.id, fact.leadId);
    },
    /** Undefined: by this policy there is nothing to answer. */
    eventFor({ id, engagementId, at, answer }: RecordedAnswer): InboundEvent | undefined {
      const leadId = leads.get(engagementId) ?? '';
      const handoffId = stateOf<LeadHandoffs>(sales, 'lead-handoffs', leadId)?.current ?? '';
      const by = stateOf<Handoff>(sales, 'handoff', handoffId)?.holder;
      return by === undefined
        ? undefined
        : { type: 'HandoffAnswered', detail: { id, handoffId, by, at, answer: asSaid(answer) } };
    },
  };
};

/** A record does not say what was known: whoever took a lead on had looked where it is. */
const asSaid = (answer: RecordedAnswer['answer']): RecordedAnswer['answer'] =>
  answer.type === 'accept'
    ? { ...answer, qualification: { location: 'met', ...answer.qualification } }
    : answer;

/** Each kind has its own state. */
const stateOf = <S>({ items }: MemoryTable, kind: string, id: string): S | undefined =>
  items.find(kind, id)?.state as S | undefined;
