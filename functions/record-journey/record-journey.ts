import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import { continueHandoffJourney } from '../../shared/domain/handoff-journey.ts';
import { type JourneyStates, noHandoffJourney, noLeadJourney } from '../../shared/domain/journey.ts';
import { continueLeadJourney } from '../../shared/domain/lead-journey.ts';
import type { StampedFact } from '../../shared/events/facts.ts';
import type { Aggregates } from '../../shared/ports.ts';

export type RecordJourneyDeps = Readonly<{ journeys: Aggregates<JourneyStates> }>;
export type JourneyOutcome = 'recorded' | 'unchanged';

/**
 * A fact's place in the journeys of its lead and of its handoff. Facts may come twice, late and in any order; none is
 * passed over for being old, and one that tells nothing new writes nothing.
 */
export const makeRecordJourney =
  ({ journeys }: RecordJourneyDeps) =>
  async (fact: StampedFact): Promise<JourneyOutcome> => {
    const outcomes = [await recordLead(journeys, fact)];
    if ('handoffId' in fact && fact.handoffId !== undefined)
      outcomes.push(await recordHandoff(journeys, fact, fact.handoffId));
    return outcomes.includes('recorded') ? 'recorded' : 'unchanged';
  };

const recordLead = (journeys: RecordJourneyDeps['journeys'], fact: StampedFact): Promise<JourneyOutcome> =>
  decideAndCommit(journeys, async () => {
    const loaded = await journeys.load('lead-journey', fact.leadId);
    const before = loaded.state ?? noLeadJourney;
    const state = continueLeadJourney(before, fact);
    if (state === before) return { changes: [], result: 'unchanged' };
    return { changes: [changeOf('lead-journey', fact.leadId, loaded, { state })], result: 'recorded' };
  });

const recordHandoff = (
  journeys: RecordJourneyDeps['journeys'],
  fact: StampedFact,
  handoffId: string,
): Promise<JourneyOutcome> =>
  decideAndCommit(journeys, async () => {
    const loaded = await journeys.load('handoff-journey', handoffId);
    const before = loaded.state ?? noHandoffJourney(fact.leadId);
    const state = continueHandoffJourney(before, fact);
    if (state === before) return { changes: [], result: 'unchanged' };
    return { changes: [changeOf('handoff-journey', handoffId, loaded, { state })], result: 'recorded' };
  });
