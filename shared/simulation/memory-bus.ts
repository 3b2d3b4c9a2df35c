import type { StampedFact } from '../events/facts.ts';
import type { Bus } from '../ports.ts';

/** A bus that keeps what was published, in order. */
export const memoryBus = (): Bus & Readonly<{ facts: StampedFact[] }> => {
  const facts: StampedFact[] = [];
  return {
    facts,
    async publish(published) {
      facts.push(...published);
    },
  };
};
