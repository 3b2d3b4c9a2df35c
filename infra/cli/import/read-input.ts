import type { Instant } from '../../../shared/domain/time.ts';
import { type InboundEvent, leadOf } from '../inbound-event.ts';
import { shiftToNow } from './map-row.ts';
import { openSources, type Source } from './open-sources.ts';

/** A row that nobody could use. */
export type BadRow = Readonly<{ file: string; line: number; reason: string }>;

export type Input = Readonly<{
  /** Who did something, oldest first. */
  engagements: readonly InboundEvent[];
  /** What became of them outside: profiles, accounts, deals. */
  others: readonly InboundEvent[];
  badRows: readonly BadRow[];
  mapping: string;
}>;

type Found = Readonly<{ at: Instant; eventAt: (shiftMs: number) => InboundEvent }>;

/**
 * Reads a CSV or JSONL file, or all of a folder, by the shipped mapping that knows its columns. Times are shifted so that
 * the latest is `now`. With `limit`, only the first so many leads, and what is said of them elsewhere.
 * @throws UsageError if there is nothing to read, or no mapping knows it.
 */
export const readInput = async (
  path: string,
  { limit = Infinity, now }: Readonly<{ limit?: number; now: Instant }>,
): Promise<Input> => {
  const sources = engagementsFirst(await openSources(path, undefined));
  const leads = new Set<string>();
  const badRows: BadRow[] = [];
  const found: Found[] = [];
  for (const source of sources)
    for await (const row of source.rows(now)) {
      if ('reason' in row) badRows.push({ file: source.name, line: row.line, reason: row.reason });
      else if ('event' in row) {
        const lead = leadOf(row.event) ?? '';
        if (row.event.type === 'EngagementRecorded' && leads.size < limit) leads.add(lead);
        if (limit === Infinity || leads.has(lead)) found.push(row);
      }
    }
  const shiftMs = shiftToNow(
    found.map(({ at }) => at),
    now,
  );
  const events = found
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ eventAt }) => eventAt(shiftMs));
  return {
    engagements: events.filter(({ type }) => type === 'EngagementRecorded'),
    others: events.filter(({ type }) => type !== 'EngagementRecorded'),
    badRows: badRows.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)),
    mapping: mappingsOf(sources),
  };
};

/** Those with engagements come first: they say who the leads are. */
export const engagementsFirst = (sources: readonly Source[]): readonly Source[] =>
  sources.toSorted((a, b) => rank(a) - rank(b));

const rank = ({ by: { sheets } }: Source): number =>
  sheets === undefined || sheets.some(({ event }) => event === 'EngagementRecorded') ? 0 : 1;

/** Names of what knew the files. */
export const mappingsOf = (sources: readonly Source[]): string =>
  [...new Set(sources.map(({ by: { name } }) => name))].join(', ');
