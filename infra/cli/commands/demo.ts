import { reportText } from '../demo/report.ts';
import { runDemo } from '../demo/run-demo.ts';
import type { BadRow } from '../import/read-input.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

export type DemoCommand = Readonly<{ json?: true; input?: string; limit?: number }>;

const badRowsShown = 20;

/** Returns the exit code: 1 if a promise was broken. */
export const demo = async ({ json, input, limit }: DemoCommand): Promise<number> => {
  if (limit !== undefined && input === undefined)
    throw new UsageError('--limit is for --input: name a file or folder, too.');
  const progress = progressOn();
  const { figures, broken, badRows } = await runDemo({
    ...(input === undefined ? {} : { input }),
    ...(limit === undefined ? {} : { limit }),
    onProgress: progress.tell,
  }).finally(progress.end);
  for (const row of badRows.slice(0, badRowsShown)) console.error(badRowText(row));
  if (badRows.length > badRowsShown) console.error(`... and ${badRows.length - badRowsShown} more rows.`);
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...figures, broken, badRows: badRows.length })}\n`);
    for (const sentence of broken) console.error(sentence);
  } else console.log(reportText(figures, broken));
  return broken.length === 0 ? 0 : 1;
};

const badRowText = ({ file, line, reason }: BadRow): string => `${file}:${line} was left out: ${reason}.`;
