import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import { continueHandoffJourney } from '../../shared/domain/handoff-journey.ts';
import { type JourneyStates, noHandoffJourney, noLeadJourney } from '../../shared/domain/journey.ts';
import { continueLeadJourney, uniteLeadJourneys } from '../../shared/domain/lead-journey.ts';
import type { FactOf, StampedFact } from '../../shared/events/facts.ts';
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
    const outcomes = [
      fact.type === 'LeadMerged' ? await uniteJourneys(journeys, fact) : await recordLead(journeys, fact),
    ];
    if ('handoffId' in fact && fact.handoffId !== undefined)
      outcomes.push(await recordHandoff(journeys, fact, fact.handoffId));
    return outcomes.includes('recorded') ? 'recorded' : 'unchanged';
  };

const recordLead = (journeys: RecordJourneyDeps['journeys'], fact: StampedFact): Promise<JourneyOutcome> =>
  decideAndCommit(journeys, async () => {
    const { leadId, loaded } = await journeyNow(journeys, fact.leadId);
    const before = loaded.state ?? noLeadJourney;
    const state = continueLeadJourney(before, fact);
    if (state === before) return { changes: [], result: 'unchanged' };
    return { changes: [changeOf('lead-journey', leadId, loaded, { state })], result: 'recorded' };
  });

/** The journey of a lead, or of the one that it was merged into. */
const journeyNow = async (journeys: RecordJourneyDeps['journeys'], named: string) => {
  for (let leadId = named; ; ) {
    const loaded = await journeys.load('lead-journey', leadId);
    const into = loaded.state?.mergedInto;
    if (into === undefined) return { leadId, loaded };
    leadId = into;
  }
};

/** Two journeys become one, in one write: what comes later of the one that was merged is told of the other one. */
const uniteJourneys = (
  journeys: RecordJourneyDeps['journeys'],
  fact: FactOf<'LeadMerged'>,
): Promise<JourneyOutcome> =>
  decideAndCommit(journeys, async () => {
    const goes = await journeys.load('lead-journey', fact.leadId);
    if (goes.state?.mergedInto !== undefined) return { changes: [], result: 'unchanged' };
    const stays = await journeyNow(journeys, fact.into);
    const gone = { ...(goes.state ?? noLeadJourney), mergedInto: stays.leadId };
    const state = uniteLeadJourneys(stays.loaded.state ?? noLeadJourney, goes.state ?? noLeadJourney);
    return {
      changes: [
        changeOf('lead-journey', stays.leadId, stays.loaded, { state }),
        changeOf('lead-journey', fact.leadId, goes, { state: gone }),
      ],
      result: 'recorded',
    };
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
