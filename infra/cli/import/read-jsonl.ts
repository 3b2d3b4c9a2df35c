import type { Row } from './map-row.ts';
import { readLines } from './read-lines.ts';

/** A line of a JSONL file: an object, or what is wrong with it. */
export type JsonRow = Readonly<
  { line: number; text: string } & ({ value: Readonly<Record<string, unknown>> } | { problem: string })
>;

/** Reads a file with a JSON object on each line. Empty lines are none. */
export async function* readJsonl(file: string): AsyncGenerator<JsonRow> {
  let line = 0;
  for await (const written of readLines(file)) {
    line += 1;
    const text = (line === 1 ? written.replace(/^\uFEFF/, '') : written).trimEnd();
    if (text !== '') yield { line, text, ...read(text) };
  }
}

const read = (json: string): Readonly<{ value: Readonly<Record<string, unknown>> } | { problem: string }> => {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: { ...value } };
    return { problem: 'is no JSON object' };
  } catch {
    return { problem: 'is no JSON' };
  }
};

/** An object as a row: what lies deeper is a column named by its path, `lead.email`. */
export const rowOf = (value: Readonly<Record<string, unknown>>, path = ''): Row =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, field]): [string, string][] => {
      const column = `${path}${name}`;
      if (field === null || field === undefined) return [];
      return typeof field === 'object'
        ? Object.entries(rowOf({ ...field }, `${column}.`))
        : [[column, String(field)]];
    }),
  );

const looksInto = 100;

/** The columns that the first lines have. */
export const jsonlColumns = async (file: string): Promise<readonly string[]> => {
  const columns = new Set<string>();
  for await (const row of readJsonl(file)) {
    if ('value' in row) for (const column of Object.keys(rowOf(row.value))) columns.add(column);
    if (row.line >= looksInto) break;
  }
  return [...columns];
};
