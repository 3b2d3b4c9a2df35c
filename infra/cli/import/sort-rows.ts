import { rmSync } from 'node:fs';
import { appendFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLines } from './read-lines.ts';

/** What is sorted: by subject, then time, then its place in the input. */
export type Sortable = Readonly<{ subject: string; at: string; place: number }>;

/**
 * Sorts more than memory holds: sorted runs of `perRun` go to a folder of their own that only this user may read, and are
 * merged. It is removed at the end, also at that of the process. Few rows never leave memory.
 */
export async function* sorted<T extends Sortable>(
  rows: AsyncIterable<T>,
  { perRun = 50_000 }: Readonly<{ perRun?: number }> = {},
): AsyncGenerator<T> {
  let directory: string | undefined;
  const runs: string[] = [];
  let run: T[] = [];
  const clean = () => {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', clean);
  try {
    for await (const row of rows) {
      run.push(row);
      if (run.length < perRun) continue;
      directory ??= await mkdtemp(join(tmpdir(), 'baton-sort-'));
      runs.push(await writeRun(join(directory, String(runs.length)), run.sort(compare)));
      run = [];
    }
    run.sort(compare);
    yield* runs.length === 0 ? run : merged([...runs.map((file) => readRun<T>(file)), iterate(run)]);
  } finally {
    process.off('exit', clean);
    clean();
  }
}

const compare = (a: Sortable, b: Sortable): number => {
  if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.place - b.place;
};

const linesAtOnce = 2000;

const writeRun = async (file: string, rows: readonly Sortable[]): Promise<string> => {
  for (let i = 0; i < rows.length; i += linesAtOnce)
    await appendFile(
      file,
      rows
        .slice(i, i + linesAtOnce)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
      { mode: 0o600 },
    );
  return file;
};

async function* readRun<T>(file: string): AsyncGenerator<T> {
  // Written by ourselves a moment ago.
  for await (const line of readLines(file)) yield JSON.parse(line) as T;
}

async function* iterate<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

async function* merged<T extends Sortable>(runs: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  try {
    const heads = await Promise.all(runs.map(async (run) => ({ run, next: await run.next() })));
    for (;;) {
      let first: { head: (typeof heads)[number]; row: T } | undefined;
      for (const head of heads)
        if (head.next.done !== true && (first === undefined || compare(head.next.value, first.row) < 0))
          first = { head, row: head.next.value };
      if (first === undefined) return;
      yield first.row;
      first.head.next = await first.head.run.next();
    }
  } finally {
    for (const run of runs) await run.return(undefined);
  }
}
