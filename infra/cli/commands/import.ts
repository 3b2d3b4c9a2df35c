import { join } from 'node:path';
import { instantOf } from '../../../shared/domain/time.ts';
import { connectTo } from '../environment-connection.ts';
import { connectTarget } from '../import/connect-target.ts';
import { importText } from '../import/import-text.ts';
import { type ImportMode, runImport } from '../import/run-import.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

export type ImportCommand = Readonly<{
  mapping?: string;
  env?: string;
  mode: ImportMode;
  confirm?: string;
  rejects?: string;
  json?: true;
}>;

const checkpoints = join(import.meta.dirname, '..', '..', '..', '.baton', 'imports');

/** Returns the exit code: 1 if something could not be handled. Rows that are left out are reported, not a failure. */
export const importData = async (
  path: string,
  { mapping, env, mode, confirm, rejects, json }: ImportCommand,
): Promise<number> => {
  const connection = await connectTo(env);
  if (mode === 'live' && confirm !== connection.environment)
    throw new UsageError(
      `--mode live hands leads off and mails them: if you mean it, add --confirm ${connection.environment}.`,
    );
  const stop = () => {
    console.error('\nStopped. The same command goes on where it was.');
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const base = path.replace(/\/+$/, '');
  const progress = progressOn();
  const report = await runImport(
    {
      path,
      ...(mapping === undefined ? {} : { mapping }),
      mode,
      rejectFile: rejects ?? `${base}.rejected.csv`,
      waitingFile: `${base}.would-be-mqls.csv`,
      checkpoints,
    },
    {
      target: await connectTarget(connection),
      now: instantOf(Date.now()),
      onProgress: progress.tell,
    },
  ).finally(progress.end);
  for (const { file, line, reason } of report.badRows)
    console.error(`${file}:${line} was left out: ${reason}.`);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${importText(report)}\n`);
  return report.unfinished === 0 && report.failed === 0 ? 0 : 1;
};
