import type { HandoffStates } from '../../shared/domain/handoff.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import { readFact } from '../../shared/events/read-fact.ts';
import type { Aggregates, Bus, DueItem, LeadStore } from '../../shared/ports.ts';

export type RescueMovesDeps = Readonly<{
  leadStore: Pick<LeadStore, 'load'>;
  handoffs: Pick<Aggregates<HandoffStates>, 'load'>;
  bus: Bus;
}>;

/**
 * A lead whose grace has passed and whose handoff does not exist: its fact is told again, with the same id, and comes
 * again until the handoff is there. One that exists is followed by the lead's own worker. Returns whether it was told.
 */
export const makeRescueMove =
  ({ leadStore, handoffs, bus }: RescueMovesDeps) =>
  async ({ id }: DueItem): Promise<boolean> => {
    const { state } = await leadStore.load(id);
    if (state?.unconfirmed === undefined) return false;
    const fact = readFact(state.unconfirmed);
    if (fact.type !== 'LeadStageChanged') return false;
    const handoff = await handoffs.load('handoff', handoffIdOf(id, fact.cause.id));
    if (handoff.state !== undefined) return false;
    await bus.publish([fact]);
    return true;
  };
