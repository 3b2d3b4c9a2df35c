import { asksToTalk } from '../../../../shared/domain/assessment.ts';
import { engagementRef } from '../../../../shared/domain/engagement-ref.ts';
import { HOUR } from '../../../../shared/domain/time.ts';
import type { PlayedSeed } from '../play-seed.ts';
import { sentEvents } from '../sent-events.ts';
import type { Broken } from './broken.ts';
import { mergedNames } from './merged-names.ts';
import { statesOf, toldOf, type WholeLeads } from './outcome.ts';
import type { Sent } from './sent.ts';

/** A verdict that came so much earlier than its engagement was there before it. */
const surelyMs = 2 * HOUR;

type SentByRef = ReadonlyMap<string, Sent>;

/** Whoever asks is heard, and nobody hears of what happened elsewhere or does not count. */
export const hearingPromises = async (
  played: PlayedSeed,
  sent: SentByRef,
  leads: WholeLeads,
): Promise<Broken[]> => [...(await asks(played, sent, leads)), ...quiet(played, sent)];

/** History starts nothing, and what was known not to count before it came does not either. */
const quiet = (played: PlayedSeed, sent: SentByRef): Broken[] => {
  const isQuiet = (engagementId: string) => {
    const engagement = sent.get(engagementRef(engagementId));
    if (engagement === undefined) return false;
    const { isOnlyPast, outSince = Number.POSITIVE_INFINITY, sentAt } = engagement;
    return isOnlyPast || outSince < sentAt - surelyMs;
  };
  return [
    ...toldOf(played, 'LeadAskedToTalk', 'LeadEngaged').flatMap(({ fact }) =>
      isQuiet(fact.engagementId) ? [{ fact, id: fact.engagementId }] : [],
    ),
    ...toldOf(played, 'LeadStageChanged').flatMap(({ fact }) =>
      fact.to === 'mql' && fact.cause.type === 'engagement' && isQuiet(fact.cause.id)
        ? [{ fact, id: fact.cause.id }]
        : [],
    ),
  ].map(({ fact: { type, factId }, id }) => ({
    promise: 'other',
    text: `${type} ${factId} by ${id}, which starts nothing`,
  }));
};

/** Whoever asks is told of once, and heard: by a handoff, or by somebody in sales; those excluded by a mail alone. */
const asks = async (played: PlayedSeed, sent: SentByRef, leads: WholeLeads): Promise<Broken[]> => {
  const { policy, system, endAt } = played;
  const inForce = system.policies.inForce();
  const told = toldOf(played, 'LeadAskedToTalk').map(({ fact }) => engagementRef(fact.engagementId));
  const isHeard = heardBySales(played);
  const { absorbs } = mergedNames(played);
  const broken: Broken[] = [];
  for (const { leadId, timeline } of leads) {
    const view = await system.ports.leadReader.view(leadId, inForce, endAt);
    const wasServed = !absorbs(leadId) || !isAnybodyExcluded(played);
    const isServed = wasServed && view?.excluded === undefined && view?.unserved === false;
    for (const { id } of timeline.filter((one) => asksToTalk(one, policy.policy))) {
      const ask = sent.get(id);
      const times = told.filter((ref) => ref === id).length;
      // What was told as history, and what does not count, may be heard of once, and need not.
      const isOptional = ask?.isPast === true || (ask?.verdict ?? 'release') !== 'release';
      if (isOptional ? times > 1 : times !== 1)
        broken.push({ promise: 'other', text: `the ask ${ask?.id ?? id} was told ${times} times` });
      if (!isOptional && isServed && !isHeard(leadId, id))
        broken.push({ promise: 'other', text: `nobody heard ${leadId} ask by ${ask?.id ?? id}` });
    }
  }
  return broken;
};

const heardBySales = ({ system: { tables } }: PlayedSeed): ((leadId: string, ref: string) => boolean) => {
  const leadHandoffs = statesOf<{ heard?: readonly string[] }>(tables.sales, 'lead-handoffs');
  const heard = new Map(
    [...leadHandoffs].map(([id, state]) => [id, new Set(state.heard?.map(engagementRef))]),
  );
  const handoffs = statesOf<{ cause: { id: string } }>(tables.sales, 'handoff');
  const opened = new Set([...handoffs.values()].map(({ cause }) => engagementRef(cause.id)));
  return (leadId, ref) => opened.has(ref) || heard.get(leadId)?.has(ref) === true;
};

/** Of one person under two names it may be that only what is said under one of them excludes them. */
const isAnybodyExcluded = ({ inputs, policy: { policy } }: PlayedSeed): boolean => {
  const { roles, industries, unservedCountries } = policy.exclude;
  const out = new Set<unknown>(
    [...roles, ...industries, ...unservedCountries].map((name) => name.toLowerCase()),
  );
  return sentEvents(inputs).some(({ detail: { traits } }) =>
    Object.values(traits ?? {}).some((value) => out.has(String(value).toLowerCase())),
  );
};
