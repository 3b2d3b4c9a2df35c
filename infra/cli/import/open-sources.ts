import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Instant } from '../../../shared/domain/time.ts';
import type { PastEvent } from '../../../shared/events/commands.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { UsageError } from '../usage-error.ts';
import { mapRow, type Row } from './map-row.ts';
import { type Mapping, mappingsFor, type Sheet, sheetFor } from './mapping.ts';
import { readPastEvent } from './past-event.ts';
import { csvHeader, readCsv } from './read-csv.ts';
import { jsonlColumns, readJsonl, rowOf } from './read-jsonl.ts';

/** A row of a file: an event, or the reason why nobody can use it. `text` as it stands in the file. */
export type SourceRow = Readonly<
  { line: number; text: string } & ({ at: Instant; event: PastEvent } | { reason: string })
>;

/** A file that can be imported. */
export type Source = Readonly<{
  file: string;
  name: string;
  bytes: number;
  /** How its rows become events: everything that decides it. */
  by: Readonly<{ name: string; mapping?: Mapping; sheet?: Sheet }>;
  rows(now: Instant): AsyncIterable<SourceRow>;
}>;

/**
 * Finds out how to read a CSV or JSONL file, or all of a folder: by a mapping that knows its columns, or, in JSONL, as the
 * events that producers put on the bus.
 * @throws UsageError if there is nothing to read, or nothing knows it.
 */
export const openSources = async (path: string, wanted: string | undefined): Promise<readonly Source[]> => {
  const mappings = await mappingsFor(wanted);
  const files = await dataFiles(path);
  const opened = await Promise.all(files.map((file) => open(file, mappings)));
  const known = opened.filter((source) => source !== undefined);
  if (known.length > 0) return known;
  throw new UsageError(
    wanted === undefined
      ? `No mapping knows the columns of ${path}: name one with --mapping (infra/cli/import/mappings has examples).`
      : `The mapping ${wanted} has no sheet whose columns are all in ${path}: ${wantedColumns(mappings)}.`,
  );
};

const wantedColumns = (mappings: readonly Mapping[]): string =>
  mappings
    .flatMap(({ sheets }) => sheets.map(({ columns }) => columns.join(', ')))
    .map((columns) => `it needs ${columns}`)
    .join('; or ');

const isJsonl = (file: string): boolean => /\.(jsonl|ndjson)$/i.test(file);
const isData = (file: string): boolean => isJsonl(file) || /\.(csv|tsv|txt)$/i.test(file);

const dataFiles = async (path: string): Promise<readonly string[]> => {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`There is no file or folder ${path}.`);
  if (!found.isDirectory()) return [path];
  const files = (await readdir(path)).filter(isData).sort();
  if (files.length === 0) throw new UsageError(`There is no CSV or JSONL file in ${path}.`);
  return files.map((file) => join(path, file));
};

const open = async (file: string, mappings: readonly Mapping[]): Promise<Source | undefined> => {
  const columns = await (isJsonl(file) ? jsonlColumns(file) : csvHeader(file));
  const { size: bytes } = await stat(file);
  const source = { file, name: basename(file), bytes };
  if (isJsonl(file) && eventColumns.some((column) => columns.includes(column)) && columns.some(isDetail))
    return { ...source, by: { name: 'events' }, rows: (now) => eventsOf(file, now) };
  const known = sheetFor(mappings, columns);
  if (known === undefined) return undefined;
  const { mapping, sheet } = known;
  return {
    ...source,
    by: { name: mapping.name, mapping, sheet },
    rows: (now) => mappedRows(file, known, now),
  };
};

const eventColumns = ['type', 'detail-type'];
const isDetail = (column: string): boolean => column.startsWith('detail.');

async function* mappedRows(
  file: string,
  { mapping, sheet }: Readonly<{ mapping: Mapping; sheet: Sheet }>,
  now: Instant,
): AsyncGenerator<SourceRow> {
  for await (const { line, text, ...read } of tableRows(file)) {
    if ('problem' in read) yield { line, text, reason: read.problem };
    else {
      const mapped = mapRow(read.row, mapping, sheet);
      yield {
        line,
        text,
        ...(mapped.type === 'bad' ? { reason: mapped.reason } : readPastEvent(mapped.eventAt(0), now)),
      };
    }
  }
}

type TableRow = Readonly<{ line: number; text: string } & ({ row: Row } | { problem: string })>;

async function* tableRows(file: string): AsyncGenerator<TableRow> {
  if (!isJsonl(file)) yield* readCsv(file);
  else
    for await (const { line, text, ...read } of readJsonl(file))
      yield { line, text, ...('problem' in read ? read : { row: rowOf(read.value) }) };
}

async function* eventsOf(file: string, now: Instant): AsyncGenerator<SourceRow> {
  for await (const { line, text, ...read } of readJsonl(file))
    yield {
      line,
      text,
      ...('problem' in read ? { reason: read.problem } : readPastEvent(eventIn(read.value), now)),
    };
}

const eventIn = (value: Readonly<Record<string, unknown>>): InboundEvent => {
  const { detail } = value;
  return {
    type: String(value.type ?? value['detail-type']),
    detail: typeof detail === 'object' && detail !== null ? { ...detail } : {},
  };
};
