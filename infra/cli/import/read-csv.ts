import { createReadStream } from 'node:fs';
import { pipeline, Transform, type TransformCallback } from 'node:stream';
import { TextDecoder } from 'node:util';
import { type Parser, parse } from 'csv-parse';
import type { Row } from './map-row.ts';

/** A row and the line on which it ends, or a line that is no row; `text` as it stands in the file. Line 1 is the header. */
export type CsvRow = Readonly<{ line: number; text: string } & ({ row: Row } | { problem: string })>;

/**
 * Reads a CSV file row by row: comma, semicolon or tab, UTF-8 (a BOM may be there) or else windows-1252. A line that
 * cannot be read is told, and the rest goes on.
 */
export async function* readCsv(file: string): AsyncGenerator<CsvRow> {
  const problems: CsvRow[] = [];
  const rows = parsed(
    file,
    parse({
      ...dialect,
      columns: true,
      info: true,
      raw: true,
      skip_records_with_error: true,
      on_skip: (error, raw = '') => {
        problems.push({
          line: Number(error?.lines ?? 0),
          text: raw.trimEnd(),
          problem: faults[error?.code ?? ''] ?? 'is not CSV',
        });
        return undefined;
      },
    }),
  );
  for await (const { record, info, raw } of rows) {
    yield* problems.splice(0);
    yield { line: info.lines, text: raw.trimEnd(), row: record };
  }
  yield* problems;
}

/** The names of its columns; empty for a file that has none. */
export const csvHeader = async (file: string): Promise<readonly string[]> => {
  const records: AsyncIterable<string[]> = parsed(file, parse({ ...dialect, to: 1 }));
  for await (const record of records) return record;
  return [];
};

/** A file that cannot be read fails the reading of its rows. */
const parsed = (file: string, parser: Parser): Parser =>
  pipeline(createReadStream(file), new Decoder(), parser, () => undefined);

const dialect = {
  delimiter: [',', ';', '\t'],
  bom: true,
  skip_empty_lines: true,
};

const faults: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_COLUMNS: 'has another number of columns than the header',
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'has another number of columns than the header',
  CSV_QUOTE_NOT_CLOSED: 'opens a quote that never closes',
  INVALID_OPENING_QUOTE: 'has a quote inside of a field',
  CSV_INVALID_CLOSING_QUOTE: 'has text after a closing quote',
};

/** Bytes -> text. Excel's first line `sep=;` is no header. */
class Decoder extends Transform {
  #decoder: TextDecoder | undefined;

  constructor() {
    super({ decodeStrings: true, encoding: 'utf8' });
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    if (this.#decoder !== undefined) {
      done(null, this.#decoder.decode(chunk, { stream: true }));
      return;
    }
    const strict = new TextDecoder('utf-8', { fatal: true });
    let text: string;
    try {
      text = strict.decode(chunk, { stream: true });
      this.#decoder = new TextDecoder('utf-8');
      // What the strict one holds back of a character that goes on in the next chunk, this one must know too.
      this.#decoder.decode(chunk, { stream: true });
    } catch {
      this.#decoder = new TextDecoder('windows-1252');
      text = this.#decoder.decode(chunk, { stream: true });
    }
    done(null, text.replace(/^\uFEFF?sep=.\r?\n/, ''));
  }

  override _flush(done: TransformCallback): void {
    done(null, this.#decoder?.decode() ?? '');
  }
}
