import type { StampedFact } from '../events/facts.ts';
import { earlierOf, type LeadJourney } from './journey.ts';
import type { Stage } from './stage.ts';

/** A fact's part in its lead's journey. The same object if it changes nothing. */
export const continueLeadJourney = (journey: LeadJourney, fact: StampedFact): LeadJourney => {
  switch (fact.type) {
    case 'LeadStageChanged':
      return withSkipped(earlierOf(journey, { [`${fact.to}At`]: fact.at }), fact.skipped ?? []);
    case 'LeadAskedToTalk':
      return earlierOf(journey, { askedAt: fact.at });
    case 'NurtureEnrolled':
      return earlierOf(journey, { enrolledAt: fact.at });
    case 'NurtureMailSent':
      return earlierOf(journey, { mailedAt: fact.at });
    default:
      return journey;
  }
};

/** The journeys of two leads that are one: the earlier of each instant. */
export const uniteLeadJourneys = (
  journey: LeadJourney,
  { skipped, mergedInto: _, ...instants }: LeadJourney,
): LeadJourney => withSkipped(earlierOf(journey, instants), skipped);

const withSkipped = (journey: LeadJourney, skipped: readonly Stage[]): LeadJourney =>
  skipped.every((stage) => journey.skipped.includes(stage))
    ? journey
    : { ...journey, skipped: [...new Set([...journey.skipped, ...skipped])].sort() };
