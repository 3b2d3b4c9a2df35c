import { type KeptOutside, keptOutside } from '../../infra/cli/in-process/kept-outside.ts';
import {
  type InProcessSystem,
  inProcessSystem,
  type SystemOptions,
} from '../../infra/cli/in-process/system.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import type { Lead } from '../../shared/domain/lead.ts';
import { type TimelineEntry, wholeSpan } from '../../shared/domain/timeline.ts';
import type { StampedFact } from '../../shared/events/facts.ts';
import type { PageRequest } from '../../shared/pages/page-request.ts';
import { loadPolicy } from '../../shared/policy/load-policy.ts';
import type { Mail } from '../../shared/ports.ts';
import { aRoster } from './roster.ts';

/** A Monday, 09:00 in Berlin. */
export const startAt = '2026-11-02T08:00:00.000Z';

// Compiling mails takes longer than playing ten days.
const published = { hash: 'default', sequence: 1, policy: await loadPolicy({ year: 2026 }) };

/** With all facts that were put on the bus, in that order; one that was told again stands there again. */
export type FlowSystem = InProcessSystem<KeptOutside> & Readonly<{ facts: readonly StampedFact[] }>;

/** The whole system in this process, with the default policy and its texts. */
export const aFlowSystem = (loses?: SystemOptions<KeptOutside>['loses']): FlowSystem => {
  const facts: StampedFact[] = [];
  const system = inProcessSystem({
    startAt,
    policy: published,
    roster: aRoster(),
    outside: keptOutside,
    onFact: (fact) => facts.push(fact),
    ...(loses === undefined ? {} : { loses }),
  });
  return { ...system, facts };
};

const statesOf = <S>({ tables }: FlowSystem, table: 'leads' | 'sales', kind: string): S[] =>
  [...tables[table].items.values()].filter((item) => item.kind === kind).map(({ state }) => state as S);

export const leadsOf = (system: FlowSystem): Lead[] => statesOf(system, 'leads', 'lead');
/** What each lead ever did, wherever it is kept. */
export const timelinesOf = ({
  tables,
  ports: { leads },
}: FlowSystem): Promise<(readonly TimelineEntry[])[]> =>
  Promise.all(
    [...tables.leads.items.values()]
      .filter(({ kind }) => kind === 'lead')
      .map(async ({ id }) => leads.timeline(id, await leads.load(id), wholeSpan)),
  );
export const handoffsOf = (system: FlowSystem): Handoff[] => statesOf(system, 'sales', 'handoff');

/** How often each fact was told, counted by its id: one that is told again is the same fact. */
export const factCounts = ({ facts }: FlowSystem): Record<string, number> => {
  const ids = new Map(facts.map(({ factId, type }) => [factId, type]));
  const counts: Record<string, number> = {};
  for (const type of ids.values()) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

/** Mails that somebody holds, in order. */
export const mailsTo = ({ ports }: FlowSystem, address: string) =>
  ports.mailer.delivered().filter(({ to }) => to === address);

/** A link of the mail, as its reader would follow it. */
export const linkIn = (mail: Mail | undefined, path: string): string => {
  const link = mail?.text.match(new RegExp(`https://\\S+${path}\\?[^\\s)>\\]]+`))?.[0];
  if (link === undefined) throw new Error(`no link to ${path} in the mail`);
  return link;
};

/** What a browser, or a program that checks links, asks a page for. */
export const requestOf = (
  method: string,
  link: string,
  form: Readonly<Record<string, string>> = {},
): PageRequest => {
  const { pathname, searchParams } = new URL(link);
  return { method, path: pathname, query: searchParams, form: new URLSearchParams(form) };
};
