import { userInfo } from 'node:os';
import * as v from 'valibot';
import { idSchema } from '../../../shared/events/define-event.ts';
import { connectTo } from '../environment-connection.ts';
import { activationText } from '../import/activation-text.ts';
import { connectTarget } from '../import/connect-target.ts';
import { rowTime } from '../import/row-time.ts';
import { runActivation } from '../import/run-activation.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

export type ActivateCommand = Readonly<{
  rate: number;
  env?: string;
  by?: string;
  since?: string;
  limit?: number;
  dryRun?: boolean;
  json?: true;
}>;

/** Returns the exit code: 1 if some leads were not moved yet. */
export const activate = async ({
  rate,
  env,
  by = userInfo().username,
  since,
  limit,
  dryRun = false,
  json,
}: ActivateCommand): Promise<number> => {
  if (!v.is(idSchema, by))
    throw new UsageError('--by is to be an id, without spaces: it stands in the history of each lead.');
  const sinceAt = since === undefined ? undefined : rowTime(since, 'UTC');
  if (since !== undefined && sinceAt === undefined)
    throw new UsageError('--since is no date: write it as 2026-01-31.');
  const target = await connectTarget(await connectTo(env));
  const progress = progressOn();
  const report = await runActivation(
    {
      rate,
      by,
      dryRun,
      ...(sinceAt === undefined ? {} : { since: sinceAt }),
      ...(limit === undefined ? {} : { limit }),
    },
    { ...target, onProgress: progress.tell },
  ).finally(progress.end);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${activationText(report)}\n`);
  return report.pending === 0 ? 0 : 1;
};
