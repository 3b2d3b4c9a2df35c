import type { StampedFact } from '../../../shared/events/facts.ts';

/** How often a fact came that had come before: reconcile tells again, under the same id, what got lost. */
export const timesToldAgain = (facts: readonly StampedFact[]): number =>
  facts.length - new Set(facts.map(({ factId }) => factId)).size;
