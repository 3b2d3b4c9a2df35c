import type { FactOf } from '../events/facts.ts';
import type { Handoff } from './handoff.ts';

/**
 * An offer or reminder is outdated once its handoff is answered or has moved on to another holder: what it asks for
 * would be asked of the wrong person, or in vain.
 */
export const isOutdated = (
  fact: FactOf<'HandoffOpened' | 'HandoffReminded' | 'HandoffReassigned' | 'HandoffGivenUntil'>,
  handoff: Handoff,
): boolean => {
  const assignment = fact.type === 'HandoffOpened' ? 1 : fact.assignment;
  if (handoff.assignment !== assignment || handoff.status === 'closed') return true;
  const deadline = 'deadline' in fact ? fact.deadline : 'accept';
  switch (deadline) {
    case 'accept':
      return handoff.status !== 'open';
    case 'firstContact':
      return handoff.contactedAt !== undefined;
    case 'qualify':
      return false;
  }
};
