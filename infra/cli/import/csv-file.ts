import { appendFile, rm, writeFile } from 'node:fs/promises';
import { csvLine } from './csv-text.ts';

/** A CSV file that is there only if it has rows. */
export type CsvFile = Readonly<{
  add(fields: readonly (string | number)[]): Promise<void>;
  /** Writes what is left. Returns how many rows it has. */
  close(): Promise<number>;
}>;

const rowsAtOnce = 1000;

/** One that stands there already is replaced. What is in it may be personal: only this user may read it. */
export const csvFile = async (path: string, header: readonly string[]): Promise<CsvFile> => {
  await rm(path, { force: true });
  let rows: string[] = [];
  let count = 0;
  const write = async () => {
    if (rows.length === 0) return;
    if (count === rows.length) await writeFile(path, csvLine(header), { mode: 0o600 });
    await appendFile(path, rows.join(''));
    rows = [];
  };
  return {
    async add(fields) {
      rows.push(csvLine(fields));
      count += 1;
      if (rows.length === rowsAtOnce) await write();
    },
    async close() {
      await write();
      return count;
    },
  };
};
