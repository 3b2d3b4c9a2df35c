import type { Handoff } from '../../../shared/domain/handoff.ts';
import type { Roster } from '../../../shared/domain/roster.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import { plainTokens } from '../../../shared/simulation/plain-tokens.ts';
import { inProcessSystem } from '../in-process/system.ts';
import type { ReplayedLead } from './funnel.ts';
import { type MailFigures, mailCounter } from './mail-figures.ts';
import type { HistoryEvent } from './read-history.ts';
import { replayedLeads, statesOf } from './replayed-leads.ts';
import { type RepLoad, salesLoad } from './sales-load.ts';
import { countOne, type PerWeek, perWeek, weeksBetween, weeksIn } from './weeks.ts';

/** What a history came to under one policy. */
export type Played = Readonly<{
  policy: PublishedPolicy;
  leads: readonly ReplayedLead[];
  handoffs: readonly Handoff[];
  /** How often each fact was told. */
  facts: ReadonlyMap<StampedFact['type'], number>;
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
  policy: PublishedPolicy;
  roster: Roster;
  onDay?: (date: string) => void;
}>;

/**
 * Plays a history: every event comes at its own time, and between them whatever is due is done. It ends with the last
 * event; what is not due by then stays open.
 */
export const playHistory = async ({ events, policy, roster, onDay }: PlayOptions): Promise<Played> => {
  const [startAt, endAt] = [events[0]?.at ?? '', events.at(-1)?.at ?? ''];
  const weekOf = weeksIn(policy.policy.zone);
  const mails = mailCounter();
  const load = salesLoad(weekOf);
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
    },
  });

  for (const { at, together } of moments(events)) {
    onDay?.(at.slice(0, 10));
    await system.playUntil(at);
    for (const { event } of together) system.put(event);
    await system.drain();
  }

  const weeks = weeksBetween(weekOf, startAt, endAt);
  return {
    policy,
    leads: replayedLeads(system.tables, events, policy.policy.zone),
    handoffs: statesOf<Handoff>(system.tables.sales, 'handoff').map(({ state }) => state),
    facts,
    mails: mails.figures(),
    load: load.figures(weeks),
    mqls: perWeek(mqls, weeks),
    rejected: system.rejections.length,
    deadLetters: system.deadLetters.length,
  };
};

function* moments(
  events: readonly HistoryEvent[],
): Generator<Readonly<{ at: Instant; together: readonly HistoryEvent[] }>> {
  for (let from = 0; from < events.length; ) {
    const at = events[from]?.at ?? '';
    let to = from + 1;
    while (events[to]?.at === at) to++;
    yield { at, together: events.slice(from, to) };
    from = to;
  }
}
