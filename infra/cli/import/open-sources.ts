import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Instant } from '../../../shared/domain/time.ts';
import { UsageError } from '../usage-error.ts';
import { type Mapping, mappingsFor, type Sheet, sheetsFor } from './mapping.ts';
import { csvHeader } from './read-csv.ts';
import { jsonlColumns } from './read-jsonl.ts';
import { eventRows, isJsonl, mappedRows, type SourceRow } from './source-rows.ts';

/** A file that can be imported. */
export type Source = Readonly<{
  file: string;
  name: string;
  bytes: number;
  /** How its rows become events: everything that decides it. */
  by: Readonly<{ name: string; mapping?: Mapping; sheets?: readonly Sheet[] }>;
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

const isData = (file: string): boolean => isJsonl(file) || /\.(csv|tsv|txt)$/i.test(file);

const dataFiles = async (path: string): Promise<readonly string[]> => {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new UsageError(`There is no file or folder ${path}: name one that is there.`);
  if (!found.isDirectory()) return [path];
  const files = (await readdir(path)).filter(isData).sort();
  if (files.length === 0) throw new UsageError(`There is no CSV or JSONL file in ${path}: put one there.`);
  return files.map((file) => join(path, file));
};

const open = async (file: string, mappings: readonly Mapping[]): Promise<Source | undefined> => {
  const columns = await (isJsonl(file) ? jsonlColumns(file) : csvHeader(file));
  const { size: bytes } = await stat(file);
  const source = { file, name: basename(file), bytes };
  if (isJsonl(file) && eventColumns.some((column) => columns.includes(column)) && columns.some(isDetail))
    return { ...source, by: { name: 'events' }, rows: (now) => eventRows(file, now) };
  const known = sheetsFor(mappings, columns);
  if (known === undefined) return undefined;
  return {
    ...source,
    by: { name: known.mapping.name, ...known },
    rows: (now) => mappedRows(file, known, now),
  };
};

const eventColumns = ['type', 'detail-type'];
const isDetail = (column: string): boolean => column.startsWith('detail.');
