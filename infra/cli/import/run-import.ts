import { setTimeout } from 'node:timers/promises';
import type { Instant } from '../../../shared/domain/time.ts';
import { bar } from '../progress-bar.ts';
import { openCheckpoint } from './checkpoint.ts';
import { csvFile } from './csv-file.ts';
import { openSources } from './open-sources.ts';
import { reportWaiting, type WaitingReport } from './report-waiting.ts';
import { sendHistory, sendLive } from './send-rows.ts';
import { sorted } from './sort-rows.ts';
import { makeTally, type Tally } from './tally.ts';
import type { ImportTarget } from './target.ts';
import { type BadRow, type ReadSoFar, usableRows } from './usable-rows.ts';
import { makePacer, type Sleep, workedOff } from './work-off.ts';

/** `history`: scored and kept, nothing is started. `live`: as if it all happened now. */
export type ImportMode = 'history' | 'live';

export type ImportOptions = Readonly<{
  /** A CSV or JSONL file, or a folder of them. */
  path: string;
  /** A file, or the name of one that ships. Absent: one that knows the columns. */
  mapping?: string;
  mode: ImportMode;
  /** Where bad rows go, and who would be an MQL. */
  rejectFile: string;
  waitingFile: string;
  /** A folder for how far imports came. */
  checkpoints: string;
  /** Rows that are sorted in memory. */
  perRun?: number;
}>;

export type ImportReport = Readonly<{
  mode: ImportMode;
  mappings: readonly string[];
  rows: number;
  rejected: number;
  /** The first few of them. */
  badRows: readonly Omit<BadRow, 'text'>[];
  /** Absent: no row was bad. */
  rejectFile?: string;
  tally: Tally;
  /** So many events had been sent before the import was stopped, and were not sent again. */
  resumedAfter: number;
  /** Of `history`: messages that still waited when patience ended, and those that nobody could handle. */
  unfinished: number;
  failed: number;
  waiting?: WaitingReport;
}>;

export type ImportWorld = Readonly<{
  target: ImportTarget;
  now: Instant;
  sleep?: Sleep;
  onProgress?: (message: string) => void;
}>;

const badRowsShown = 20;

/**
 * Imports a file. Done again, it changes nothing; stopped, it goes on where it was. A row that nobody can use is told, and
 * the rest goes on.
 * @throws UsageError if there is nothing to read, or no mapping knows it.
 */
export const runImport = async (
  { path, mapping, mode, rejectFile, waitingFile, checkpoints, perRun }: ImportOptions,
  { target, now, sleep = setTimeout, onProgress = () => {} }: ImportWorld,
): Promise<ImportReport> => {
  const sources = await openSources(path, mapping);
  const checkpoint = await openCheckpoint(checkpoints, { sources, mode, identity: target.identity, now });
  const failedBefore = await target.deadLetters();
  const rejects = await csvFile(rejectFile, ['file', 'line', 'reason', 'row']);
  const badRows: Omit<BadRow, 'text'>[] = [];
  const soFar: ReadSoFar = { rows: 0, bad: 0 };
  const tally = makeTally();
  const rows = usableRows(sources, checkpoint.startedAt, {
    soFar,
    onProgress,
    async onBadRow({ text, ...bad }) {
      if (badRows.length < badRowsShown) badRows.push(bad);
      await rejects.add([bad.file, bad.line, bad.reason, text]);
    },
  });
  try {
    await (mode === 'history' ? sendHistory : sendLive)(
      tally.counted(sorted(rows, perRun === undefined ? {} : { perRun })),
      {
        target,
        checkpoint,
        pace: makePacer(target, sleep),
        onProgress: (sent) => onProgress(bar('sending', sent, soFar.rows - soFar.bad)),
      },
    );
  } finally {
    await rejects.close();
  }
  const unfinished = await workedOff(target, sleep, (left) => onProgress(`scoring, ${left} messages wait`));
  if (unfinished === 0) await checkpoint.remove();
  if (mode === 'history') onProgress('asking who would be an MQL');
  return {
    mode,
    mappings: [...new Set(sources.map(({ by }) => by.name))],
    rows: soFar.rows,
    rejected: soFar.bad,
    badRows,
    ...(soFar.bad === 0 ? {} : { rejectFile }),
    tally: tally.end(),
    resumedAfter: checkpoint.sent,
    unfinished,
    failed: Math.max(0, (await target.deadLetters()) - failedBefore),
    ...(mode === 'live' ? {} : { waiting: await reportWaiting(target.waiting(), waitingFile) }),
  };
};
