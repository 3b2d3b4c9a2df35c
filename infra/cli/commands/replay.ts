import { latest } from '../../../shared/domain/time.ts';
import type { BadRow } from '../import/read-input.ts';
import { progressOn } from '../progress.ts';
import { comparisonReport } from '../replay/comparison-report.ts';
import { replayReport } from '../replay/replay-report.ts';
import { type Replay, runReplay } from '../replay/run-replay.ts';

export type ReplayCommand = Readonly<{
  input: string;
  mapping?: string;
  calendar?: string;
  policy?: string;
  against?: string;
  roster?: string;
  json?: true;
}>;

const badRowsShown = 20;

/** Returns the exit code: 1 if a message could not be handled. */
export const replay = async ({ json, ...options }: ReplayCommand): Promise<number> => {
  const progress = process.stderr.isTTY ? progressOn() : silent;
  const played = await runReplay({ ...options, onProgress: progress.tell }).finally(progress.end);
  const { badRows } = played.history;
  for (const row of badRows.slice(0, badRowsShown)) console.error(badRowText(row));
  if (badRows.length > badRowsShown)
    console.error(`... and ${badRows.length - badRowsShown} more: ${badRows.length} rows were left out.`);
  process.stdout.write(json ? `${JSON.stringify(jsonOf(played))}\n` : `${textOf(played)}\n`);
  const lost = played.figures.deadLetters + (played.against?.figures.deadLetters ?? 0);
  if (lost === 0) return 0;
  console.error(`${lost} messages could not be handled: the figures are not whole.`);
  return 1;
};

const silent = { tell: () => undefined, end: () => undefined };

const jsonOf = ({ history: { events, answers, badRows, mapping }, figures, waits, against }: Replay) => ({
  input: {
    mapping,
    events: events.length,
    answers: answers.length,
    badRows: badRows.length,
    from: events[0]?.at,
    until: latest(events.at(-1)?.at ?? '', answers.at(-1)?.at ?? ''),
  },
  ...figures,
  waits,
  ...(against === undefined ? {} : { against: against.figures, changed: against.comparison }),
});

const textOf = ({ against, ...own }: Replay): string =>
  [
    replayReport(own),
    ...(against === undefined ? [] : [comparisonReport(own.figures, against.figures, against.comparison)]),
  ].join('\n');

const badRowText = ({ file, line, reason }: BadRow): string => `${file}:${line} was left out: ${reason}.`;
