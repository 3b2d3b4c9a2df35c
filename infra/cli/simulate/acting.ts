import type { Handoff } from '../../../shared/domain/handoff.ts';
import { epochOf, HOUR, type Instant, MINUTE } from '../../../shared/domain/time.ts';
import type { PageRequest, PageResponse } from '../../../shared/pages/page-request.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import type { FaultySystem } from '../in-process/faulty-system.ts';

/** Where people act. */
export type Stage = Readonly<{
  system: FaultySystem;
  draws: Draws;
  /** People act until then; epoch milliseconds. */
  until: number;
  /** Hears what they say to handoffs. */
  onAnswer: (what: string, kind: string) => void;
  /** Somebody followed a link of this enrolment's mail, and was told that it is done. */
  onFollowed: (link: 'confirm' | 'unsubscribe', enrolment: string) => void;
}>;

/** Somebody acts after a while, or about when a deadline passes; perhaps twice. */
export const act = (
  { system: { events }, draws, until }: Stage,
  { longestMs, deadline }: Readonly<{ longestMs: number; deadline?: Instant | undefined }>,
  doIt: () => unknown,
) => {
  const soon = events.now + draws.skewed(MINUTE, longestMs);
  const near =
    deadline !== undefined && draws.chance(0.5) ? epochOf(deadline) + draws.whole(-MINUTE / 2, MINUTE) : soon;
  const at = near > events.now ? near : soon;
  if (at >= until) return;
  events.at(at, doIt);
  if (draws.chance(0.15)) events.at(at + draws.skewed(0, HOUR), doIt);
};

/** Whoever gets no answer posts it once more. */
export const tryTwice = async (
  system: FaultySystem,
  page: Parameters<FaultySystem['ask']>[0],
  request: PageRequest,
): Promise<PageResponse | undefined> =>
  (await system.ask(page, request)) ?? (await system.ask(page, request));

/** The CRM says it once more, with the same id, where it gets no answer. */
export const callTwice = async (
  system: FaultySystem,
  id: string,
  said: Readonly<Record<string, unknown>>,
) => {
  const call = { parameters: { id }, body: JSON.stringify(said) };
  const route = 'POST /api/handoffs/{id}/answers';
  return (
    (await system.call('answer-handoff-api', route, call)) ??
    (await system.call('answer-handoff-api', route, call))
  );
};

export const handoffOf = ({ tables }: FaultySystem, id: string): Handoff | undefined =>
  // This kind has this state.
  tables.sales.items.find('handoff', id)?.state as Handoff | undefined;
