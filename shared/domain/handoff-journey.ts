import type { StampedFact } from '../events/facts.ts';
import { earlierOf, type HandoffJourney } from './journey.ts';

/**
 * A fact's part in its handoff's journey. The same object if it changes nothing. What is no instant comes from facts
 * that a handoff has once only, so their order does not matter.
 */
export const continueHandoffJourney = (journey: HandoffJourney, fact: StampedFact): HandoffJourney => {
  switch (fact.type) {
    case 'HandoffOpened':
      return once(journey, 'openedAt', fact.at, {
        route: fact.route,
        priority: fact.priority,
        ...(fact.team === undefined ? {} : { team: fact.team }),
        ...(fact.none === undefined ? {} : { none: fact.none }),
        ...(fact.acceptBy === undefined ? {} : { acceptBy: fact.acceptBy }),
      });
    case 'HandoffReminded':
      return byDeadline(journey, 'remindedAt', fact);
    case 'HandoffBreached':
      return byDeadline(journey, 'breachedAt', fact);
    case 'HandoffReassigned':
      return earlierOf(journey, { reassignedAt: fact.at });
    case 'HandoffEscalated':
      return earlierOf(journey, { escalatedAt: fact.at });
    case 'HandoffGivenUntil':
      return earlierOf(journey, { givenUntilAt: fact.at });
    case 'HandoffAccepted':
      return once(journey, 'acceptedAt', fact.at, { late: fact.late });
    case 'HandoffRejected':
      return once(journey, 'rejectedAt', fact.at, { rejectedFor: fact.reason });
    case 'HandoffContacted':
      return earlierOf(journey, { contactedAt: fact.at });
    case 'HandoffPaused':
      return earlierOf(journey, { pausedAt: fact.at });
    case 'HandoffQualified':
      return earlierOf(journey, { qualifiedAt: fact.at });
    case 'HandoffPulledBack':
      return earlierOf(journey, { pulledBackAt: fact.at });
    case 'HandoffWithdrawn':
      return earlierOf(journey, { withdrawnAt: fact.at });
    case 'HandoffMoved':
      return journey.movedAt !== undefined && journey.movedAt >= fact.at
        ? journey
        : { ...journey, leadId: fact.leadId, movedAt: fact.at };
    default:
      return journey;
  }
};

/** Details go with their instant: both of the same fact. */
const once = (
  journey: HandoffJourney,
  key: keyof HandoffJourney & `${string}At`,
  at: string,
  details: Partial<HandoffJourney>,
): HandoffJourney => {
  const next = earlierOf(journey, { [key]: at });
  return next === journey ? journey : { ...next, ...details };
};

const byDeadline = (
  journey: HandoffJourney,
  key: 'remindedAt' | 'breachedAt',
  { deadline, at }: Readonly<{ deadline: keyof HandoffJourney['breachedAt']; at: string }>,
): HandoffJourney => {
  const instants = earlierOf(journey[key], { [deadline]: at });
  return instants === journey[key] ? journey : { ...journey, [key]: instants };
};
