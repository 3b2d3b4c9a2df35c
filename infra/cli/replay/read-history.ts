import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Instant } from '../../../shared/domain/time.ts';
import { mapRow } from '../import/map-row.ts';
import { type Mapping, type Sheet, sheetFor, shippedMappings } from '../import/mapping.ts';
import { csvHeader, readCsv } from '../import/read-csv.ts';
import type { BadRow } from '../import/read-input.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { UsageError } from '../usage-error.ts';

export type HistoryEvent = Readonly<{ at: Instant; event: InboundEvent }>;

export type History = Readonly<{
  /** In the order in which they happened; of one moment, as they stand in the files, engagements first. */
  events: readonly HistoryEvent[];
  badRows: readonly BadRow[];
  /** Names of the mappings that knew the files. */
  mapping: string;
}>;

/**
 * Reads a CSV file, or all of a folder, by the shipped mapping that knows its columns. Every event keeps its own time.
 * @throws UsageError if there is nothing to read, or no mapping knows it.
 */
export const readHistory = async (path: string): Promise<History> => {
  const events: HistoryEvent[] = [];
  const badRows: BadRow[] = [];
  const files = await knownFiles(path);
  for (const { file, mapping, sheet } of files)
    for await (const read of readCsv(file)) {
      const row =
        'problem' in read ? { type: 'bad' as const, reason: read.problem } : mapRow(read.row, mapping, sheet);
      if (row.type === 'bad') badRows.push({ file: basename(file), line: read.line, reason: row.reason });
      else events.push({ at: row.at, event: row.eventAt(0) });
    }
  if (events.length === 0) throw new UsageError(`No row of ${path} can be used: ${remedyFor(badRows)}.`);
  return {
    events: events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    badRows,
    mapping: [...new Set(files.map(({ mapping: { name } }) => name))].join(', '),
  };
};

const remedyFor = ([first]: readonly BadRow[]): string =>
  first === undefined
    ? 'put rows below the header'
    : `in line ${first.line} of ${first.file}, ${first.reason}`;

type KnownFile = Readonly<{ file: string; mapping: Mapping; sheet: Sheet }>;

const knownFiles = async (path: string): Promise<readonly KnownFile[]> => {
  const mappings = await shippedMappings();
  const found: KnownFile[] = [];
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
  if (found === undefined) throw new UsageError(`There is no file or folder ${path}: name one with --input.`);
  if (!found.isDirectory()) return [path];
  const files = (await readdir(path)).filter((file) => file.toLowerCase().endsWith('.csv')).sort();
  if (files.length === 0) throw new UsageError(`There is no CSV file in ${path}: put one there.`);
  return files.map((file) => join(path, file));
};
