import { later, MINUTE } from '../../../../shared/domain/time.ts';
import type { PlayedSeed } from '../play-seed.ts';
import { sentEvents } from '../sent-events.ts';
import type { Broken } from './broken.ts';
import { mergedNames } from './merged-names.ts';
import { statesOf, toldOf } from './outcome.ts';

const other = (text: string): Broken => ({ promise: 'other', text });

/** What may be refused: it was wrong on purpose, or somebody wanted what is not possible, or no longer. */
const refusable = /^(invalid-event|answer-.+|illegal-move|illegal-merge)$/;

/** In the end nothing waits, nothing is dead, nothing is overdue, and every fact is in the journeys. */
export const leftoverPromises = (played: PlayedSeed): Broken[] => {
  const { system, deadLetters, endAt } = played;
  const due = system.firstDue();
  return [
    ...deadLetters.map((what) => other(`dead letter: ${what}`)),
    ...Object.entries(system.waiting()).map(([name, count]) => other(`${count} messages wait for ${name}`)),
    ...(due !== undefined && due < later(endAt, -5 * MINUTE) ? [other(`something is due since ${due}`)] : []),
    ...system.rejections
      .filter(({ code }) => !refusable.test(code))
      .map(({ by, code }) => other(`${by} rejected something: ${code}`)),
    ...journeys(played),
    ...profiles(played),
  ];
};

/** What was said about a lead is known of somebody, by its producer's values. */
const profiles = (played: PlayedSeed): Broken[] => {
  const { inputs, system } = played;
  // Of what is said of one person under two names the later is kept.
  if (toldOf(played, 'LeadMerged').length > 0) return [];
  const kept = [
    ...statesOf<Readonly<Record<string, { value?: unknown } | undefined>>>(
      system.tables.leads,
      'profile',
    ).values(),
  ];
  return sentEvents(inputs).flatMap(({ type, detail }) => {
    // The history made them: these are their fields.
    const { lead, traits } = detail as { lead?: { email?: string }; traits?: { firstName?: string } };
    if (type !== 'ProfileChanged' || traits?.firstName === undefined) return [];
    const known = kept.some(
      (profile) =>
        profile.firstName?.value === traits.firstName &&
        (lead?.email === undefined || profile.email?.value === lead.email),
    );
    return known ? [] : [other(`nobody's profile knows ${String(detail.id)}`)];
  });
};

const journeys = (played: PlayedSeed): Broken[] => {
  const { tables } = played.system;
  const leads = statesOf<Readonly<Record<string, unknown>>>(tables.journeys, 'lead-journey');
  const handoffs = statesOf<Readonly<Record<string, unknown>>>(tables.journeys, 'handoff-journey');
  const { final } = mergedNames(played);
  const told = <T>(one: Readonly<{ fact: Readonly<{ factId: string }> }> & T) =>
    !played.lostFacts.has(one.fact.factId);
  return [
    ...toldOf(played, 'LeadStageChanged')
      .filter(told)
      .flatMap(({ fact }) => missing(leads.get(final(fact.leadId)), `${fact.to}At`, fact)),
    ...toldOf(played, 'HandoffOpened')
      .filter(told)
      .flatMap(({ fact }) => missing(handoffs.get(fact.handoffId), 'openedAt', fact)),
    ...toldOf(played, 'HandoffAccepted')
      .filter(told)
      .flatMap(({ fact }) => missing(handoffs.get(fact.handoffId), 'acceptedAt', fact)),
    ...toldOf(played, 'HandoffEscalated')
      .filter(told)
      .flatMap(({ fact }) => missing(handoffs.get(fact.handoffId), 'escalatedAt', fact)),
    ...toldOf(played, 'NurtureMailSent')
      .filter(told)
      .flatMap(({ fact }) => missing(leads.get(final(fact.leadId)), 'mailedAt', fact)),
  ];
};

const missing = (
  journey: Readonly<Record<string, unknown>> | undefined,
  key: string,
  { factId, at }: Readonly<{ factId: string; at: string }>,
): Broken[] => {
  const known = journey?.[key];
  return typeof known === 'string' && known <= at
    ? []
    : [other(`the journey does not know ${factId} (${key})`)];
};
