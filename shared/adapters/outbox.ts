import type { StampedFact } from '../events/facts.ts';

/** The facts of a write, as the one text attribute `facts` of the item that it writes. */
export const outboxText = (facts: readonly StampedFact[]): string => JSON.stringify(facts);
