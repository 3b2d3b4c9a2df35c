import type { StampedFact } from '../../../shared/events/facts.ts';
import type { Policy } from '../../../shared/policy/schema.ts';

/**
 * Facts that may get lost between stream and bus, because a promise covers it:
 * - a move to MQL: the lead keeps the fact until its handoff is known, and reconcile tells it again;
 * - an answer: the handoff keeps the fact until its lead has followed, and reconcile tells it again.
 * A rejection that only asks for another rep moves no lead, so nobody would miss it. All others must arrive: the stream
 * keeps them until the bus has taken them.
 */
export const mayBeLost = (fact: StampedFact, { reject }: Pick<Policy, 'reject'>): boolean => {
  switch (fact.type) {
    case 'LeadStageChanged':
      return fact.to === 'mql';
    case 'HandoffAccepted':
    case 'HandoffQualified':
    case 'HandoffPulledBack':
      return true;
    case 'HandoffRejected':
      return reject.find(({ reason }) => reason === fact.reason)?.do !== 'reroute';
    default:
      return false;
  }
};
