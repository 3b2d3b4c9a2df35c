import type { Handoff } from '../../../shared/domain/handoff.ts';
import type { Roster } from '../../../shared/domain/roster.ts';
import { earliest, type Instant, latest } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import { plainTokens } from '../../../shared/simulation/plain-tokens.ts';
import { inProcessSystem } from '../in-process/system.ts';
import { answersForSales } from './answers-for-sales.ts';
import type { ReplayedLead } from './funnel.ts';
import { type MailFigures, mailCounter } from './mail-figures.ts';
import type { HistoryEvent } from './read-history.ts';
import type { RecordedAnswer } from './recorded-waits.ts';
import { replayedLeads, statesOf } from './replayed-leads.ts';
import { type RepLoad, salesLoad } from './sales-load.ts';
import { type TierFigures, tierCounter } from './tier-counter.ts';
import { countOne, type PerWeek, perWeek, weeksBetween, weeksIn } from './weeks.ts';

/** What a history came to under one policy. */
export type Played = Readonly<{
  policy: PublishedPolicy;
  leads: readonly ReplayedLead[];
  handoffs: readonly Handoff[];
  /** How often each fact was told. */
  facts: ReadonlyMap<StampedFact['type'], number>;
  tiers: TierFigures;
  /** Recorded answers for which there was nothing to answer. */
  unasked: number;
  mails: MailFigures;
  load: readonly RepLoad[];
  mqls: PerWeek;
  /** Inputs that were refused, and messages that nobody could handle. */
  rejected: number;
  deadLetters: number;
}>;

export type PlayOptions = Readonly<{
  /** At least one, in order. */
  events: readonly HistoryEvent[];
  /** What sales said, in order. */
  answers?: readonly RecordedAnswer[];
  policy: PublishedPolicy;
  roster: Roster;
  onDay?: (date: string) => void;
}>;

/**
 * Plays a history: every event comes at its own time, answers after the events of the same moment, and between them
 * whatever is due is done. It ends with the last of them; what is not due by then stays open.
 */
export const playHistory = async ({
  events,
  answers = [],
  policy,
  roster,
  onDay,
}: PlayOptions): Promise<Played> => {
  const [startAt, lastAt] = [events[0]?.at ?? '', events.at(-1)?.at ?? ''];
  const endAt = latest(lastAt, answers.at(-1)?.at ?? lastAt);
  const weekOf = weeksIn(policy.policy.zone);
  const mails = mailCounter();
  const load = salesLoad(weekOf);
  const tiers = tierCounter();
  const facts = new Map<StampedFact['type'], number>();
  const mqls = new Map<string, number>();

  const system = inProcessSystem({
    startAt,
    policy,
    roster,
    outside: () => ({
      mailer: mails.mailer,
      topic: { publish: async () => undefined },
      metrics: { add: () => undefined },
      tokens: plainTokens,
    }),
    onFact(fact, again) {
      if (again) return;
      countOne(facts, fact.type);
      if (fact.type === 'LeadStageChanged' && fact.to === 'mql') countOne(mqls, weekOf(fact.at));
      mails.hear(fact);
      load.hear(fact);
      tiers.hear(fact);
      sales.hear(fact);
    },
  });

  const sales = answersForSales(system.tables.sales);
  let unasked = 0;

  for (const { at, happened, said } of moments(events, answers)) {
    onDay?.(at.slice(0, 10));
    await system.playUntil(at);
    for (const { event } of happened) system.put(event);
    await system.drain();
    for (const answer of said) {
      const event = sales.eventFor(answer);
      if (event === undefined) unasked++;
      else system.put(event);
      await system.drain();
    }
  }

  const weeks = weeksBetween(weekOf, startAt, endAt);
  return {
    policy,
    leads: await replayedLeads(system.tables, events, policy.policy.zone),
    handoffs: statesOf<Handoff>(system.tables.sales, 'handoff').map(({ state }) => state),
    facts,
    tiers: tiers.figures(),
    unasked,
    mails: mails.figures(),
    load: load.figures(weeks),
    mqls: perWeek(mqls, weeks),
    rejected: system.rejections.length,
    deadLetters: system.deadLetters.length,
  };
};

type Moment = Readonly<{
  at: Instant;
  happened: readonly HistoryEvent[];
  said: readonly RecordedAnswer[];
}>;

function* moments(events: readonly HistoryEvent[], answers: readonly RecordedAnswer[]): Generator<Moment> {
  for (let [event, answer] = [0, 0]; event < events.length || answer < answers.length; ) {
    const [nextEvent, nextAnswer] = [events[event]?.at, answers[answer]?.at];
    const at = earliest([nextEvent, nextAnswer]) ?? '';
    const [fromEvent, fromAnswer] = [event, answer];
    while (events[event]?.at === at) event++;
    while (answers[answer]?.at === at) answer++;
    yield { at, happened: events.slice(fromEvent, event), said: answers.slice(fromAnswer, answer) };
  }
}
