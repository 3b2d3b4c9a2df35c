import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Instant } from '../../../shared/domain/time.ts';
import { type InboundEvent, leadOf } from '../inbound-event.ts';
import { UsageError } from '../usage-error.ts';
import { mapRow, shiftToNow } from './map-row.ts';
import { type Mapping, type Sheet, sheetFor, shippedMappings } from './mapping.ts';
import { type CsvRow, csvHeader, readCsv } from './read-csv.ts';

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

type Found = Readonly<{ at: Instant; event: InboundEvent; eventAt: (shiftMs: number) => InboundEvent }>;

/**
 * Reads a CSV file, or all of a folder, by the shipped mapping that knows its columns. Times are shifted so that the
 * latest is `now`. With `limit`, only the first so many leads, and what the other files say of them.
 * @throws UsageError if there is nothing to read, or no mapping knows it.
 */
export const readInput = async (
  path: string,
  { limit = Infinity, now }: Readonly<{ limit?: number; now: Instant }>,
): Promise<Input> => {
  const files = await knownFiles(path);
  const leads = new Set<string>();
  const badRows: BadRow[] = [];
  const found: Found[] = [];
  for (const { file, mapping, sheet } of files) {
    const introducesLeads = sheet.event === 'EngagementRecorded';
    for await (const row of readCsv(file)) {
      if (introducesLeads && leads.size >= limit) break;
      const read = readRow(row, mapping, sheet);
      if ('reason' in read) {
        badRows.push({ file: basename(file), line: row.line, reason: read.reason });
        continue;
      }
      const lead = leadOf(read.event) ?? '';
      if (introducesLeads) leads.add(lead);
      if (limit === Infinity || leads.has(lead)) found.push(read);
    }
  }
  const shiftMs = shiftToNow(
    found.map(({ at }) => at),
    now,
  );
  const events = found.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ eventAt }) => eventAt(shiftMs));
  return {
    engagements: events.filter(({ type }) => type === 'EngagementRecorded'),
    others: events.filter(({ type }) => type !== 'EngagementRecorded'),
    badRows: badRows.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)),
    mapping: [...new Set(files.map(({ mapping: { name } }) => name))].join(', '),
  };
};

const readRow = (row: CsvRow, mapping: Mapping, sheet: Sheet): Found | Readonly<{ reason: string }> => {
  if ('problem' in row) return { reason: row.problem };
  const mapped = mapRow(row.row, mapping, sheet);
  return mapped.type === 'bad' ? mapped : { ...mapped, event: mapped.eventAt(0) };
};

/** Those with engagements come first: they say who the leads are. */
const knownFiles = async (path: string) => {
  const mappings = await shippedMappings();
  const found: { file: string; mapping: Mapping; sheet: Sheet }[] = [];
  for (const file of await csvFiles(path)) {
    const known = sheetFor(mappings, await csvHeader(file));
    if (known !== undefined) found.push({ file, ...known });
  }
  if (found.length === 0)
    throw new UsageError(
      `No mapping knows the columns of ${path}: write one beside infra/cli/import/mappings/olist.yaml.`,
    );
  return found.sort((a, b) => rank(a.sheet) - rank(b.sheet));
};

const rank = ({ event }: Sheet): number => (event === 'EngagementRecorded' ? 0 : 1);

const csvFiles = async (path: string): Promise<readonly string[]> => {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`There is no file or folder ${path}.`);
  if (!found.isDirectory()) return [path];
  const files = (await readdir(path)).filter((file) => file.toLowerCase().endsWith('.csv')).sort();
  if (files.length === 0) throw new UsageError(`There is no CSV file in ${path}.`);
  return files.map((file) => join(path, file));
};
