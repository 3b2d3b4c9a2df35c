import { type StampedFact, stampFacts } from '../events/facts.ts';
import type { Decision } from './decision.ts';
import type { Lead } from './lead.ts';

/**
 * Gives the facts of a decision the ids under which they will be saved as `version`. A lead that became an MQL keeps
 * the fact that said so until its handoff is known.
 */
export const stampLead = (
  leadId: string,
  version: number,
  { state, facts }: Decision<Lead>,
): Readonly<{ state: Lead; facts: readonly StampedFact[] }> => {
  const stamped = stampFacts(`lead-${leadId}`, version, facts);
  const becameMql =
    state.stage === 'mql'
      ? stamped.findLast((fact) => fact.type === 'LeadStageChanged' && fact.to === 'mql')
      : undefined;
  return {
    state: becameMql === undefined ? state : { ...state, unconfirmed: JSON.stringify(becameMql) },
    facts: stamped,
  };
};
