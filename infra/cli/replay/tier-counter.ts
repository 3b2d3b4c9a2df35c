import type { DeadlineName } from '../../../shared/domain/handoff.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';

export type TierFigures = Readonly<
  Record<DeadlineName, Readonly<{ reminded: number; breached: number; escalated: number }>>
>;

/** Counts what was decided as deadlines neared and passed, by deadline: from the facts, each told once. */
export const tierCounter = () => {
  const counts = {
    accept: { reminded: 0, breached: 0, escalated: 0 },
    firstContact: { reminded: 0, breached: 0, escalated: 0 },
    qualify: { reminded: 0, breached: 0, escalated: 0 },
  } satisfies TierFigures;
  return {
    hear(fact: StampedFact): void {
      if (fact.type === 'HandoffReminded') counts[fact.deadline].reminded++;
      if (fact.type === 'HandoffBreached') counts[fact.deadline].breached++;
      if (fact.type === 'HandoffEscalated') counts[fact.deadline].escalated++;
    },
    figures: (): TierFigures => counts,
  };
};
