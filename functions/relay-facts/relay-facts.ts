import type { StampedFact } from '../../shared/events/facts.ts';
import { readFacts } from '../../shared/events/read-fact.ts';
import type { Bus } from '../../shared/ports.ts';

/**
 * The outboxes of a table's writes, in their order, put on the bus. After a failure all come again; their ids make that
 * harmless. One that cannot be read blocks its stream, visibly; what came with it has been told before.
 * @throws UnreadableFactError, or what the bus throws
 */
export const makeRelayFacts =
  ({ bus }: Readonly<{ bus: Bus }>) =>
  async (outboxes: readonly string[]): Promise<void> => {
    const facts: StampedFact[] = [];
    const unreadable: unknown[] = [];
    for (const outbox of outboxes) {
      try {
        facts.push(...readFacts(outbox));
      } catch (error) {
        unreadable.push(error);
      }
    }
    await bus.publish(facts);
    if (unreadable.length > 0) throw unreadable[0];
  };
