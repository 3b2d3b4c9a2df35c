import type { Handoff } from '../../../../shared/domain/handoff.ts';
import type { Lead } from '../../../../shared/domain/lead.ts';
import { type TimelineEntry, wholeSpan } from '../../../../shared/domain/timeline.ts';
import type { FactOf, FactType } from '../../../../shared/events/facts.ts';
import type { MemoryTable } from '../../../../shared/simulation/memory-aggregates.ts';
import type { PlayedSeed } from '../play-seed.ts';

/** States of one kind, by id. Each kind has one type of state. */
export const statesOf = <S>({ items }: MemoryTable, kind: string): ReadonlyMap<string, S> =>
  new Map([...items.values()].filter((item) => item.kind === kind).map(({ id, state }) => [id, state as S]));

export const leadsOf = ({ system }: PlayedSeed) => statesOf<Lead>(system.tables.leads, 'lead');

/** Those that are leads still: what the others did is a part of the ones that they were merged into. */
export const liveLeadsOf = (played: PlayedSeed): ReadonlyMap<string, Lead> =>
  new Map([...leadsOf(played)].filter(([, { mergedInto }]) => mergedInto === undefined));
export const handoffsOf = ({ system }: PlayedSeed) => statesOf<Handoff>(system.tables.sales, 'handoff');

/** Each lead with everything that it ever did, as it is read back from wherever that is kept. */
export const wholeLeadsOf = async (
  played: PlayedSeed,
): Promise<readonly Readonly<{ leadId: string; lead: Lead; timeline: readonly TimelineEntry[] }>[]> => {
  const { leads } = played.system.ports;
  const read = [...liveLeadsOf(played).keys()].map(async (leadId) => {
    const loaded = await leads.load(leadId);
    if (loaded.state === undefined) return [];
    return [{ leadId, lead: loaded.state, timeline: await leads.timeline(leadId, loaded, wholeSpan) }];
  });
  return (await Promise.all(read)).flat();
};

export type WholeLeads = Awaited<ReturnType<typeof wholeLeadsOf>>;

/** A fact with its place among all facts of the history. */
export type Told<T extends FactType> = Readonly<{ fact: FactOf<T>; at: string; place: number }>;

export const toldOf = <const T extends FactType>({ facts }: PlayedSeed, ...types: readonly T[]): Told<T>[] =>
  facts.flatMap(({ fact, at }, place) =>
    // It was found by its type.
    types.some((type) => type === fact.type) ? [{ fact: fact as FactOf<T>, at, place }] : [],
  );
