import type { HandoffStates } from '../../shared/domain/handoff.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import { later, MINUTE } from '../../shared/domain/time.ts';
import type { StampedFact } from '../../shared/events/facts.ts';
import { readFact } from '../../shared/events/read-fact.ts';
import type { Aggregates, Bus, Clock, DueItem, LeadStore } from '../../shared/ports.ts';

export type RescueMovesDeps = Readonly<{
  leadStore: Pick<LeadStore, 'load'>;
  handoffs: Pick<Aggregates<HandoffStates>, 'load'>;
  bus: Bus;
  clock: Clock;
}>;

/** How long the rest of a merge may take. */
const mergeGraceMs = 5 * MINUTE;

/**
 * A lead whose grace has passed and whose handoff does not exist, or whose merge is not complete: its fact is told again,
 * with the same id, and comes again until that is there. A handoff that exists is followed by the lead's own worker.
 * Returns whether it was told.
 */
export const makeRescueMove =
  ({ leadStore, handoffs, bus, clock }: RescueMovesDeps) =>
  async ({ id }: DueItem): Promise<boolean> => {
    const { state } = await leadStore.load(id);
    if (state?.unconfirmed === undefined) return false;
    const fact = readFact(state.unconfirmed);
    if (!(await isToBeTold(fact, handoffs, clock))) return false;
    await bus.publish([fact]);
    return true;
  };

const isToBeTold = async (
  fact: StampedFact,
  handoffs: RescueMovesDeps['handoffs'],
  clock: Clock,
): Promise<boolean> => {
  if (fact.type === 'LeadMerged') return later(fact.at, mergeGraceMs) <= clock.now();
  if (fact.type !== 'LeadStageChanged') return false;
  // The lead may have taken over what the fact names from one that was merged into it.
  const { state } = await handoffs.load('handoff', handoffIdOf(fact.leadId, fact.cause.id));
  return state === undefined;
};
