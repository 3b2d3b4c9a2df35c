import { instantOf } from '../../../shared/domain/time.ts';
import { connectTo } from '../environment-connection.ts';
import { activationText } from '../import/activation-text.ts';
import { listWaiting } from '../import/list-waiting.ts';
import { runActivation } from '../import/run-activation.ts';
import { withScoringOf } from '../lead/connect-scoring.ts';
import { decidingPerson } from '../lead/person-and-reason.ts';
import { progressOn } from '../progress.ts';

export type SurgeReleaseCommand = Readonly<{
  rate: number;
  limit?: number;
  env?: string;
  by?: string;
  json?: true;
}>;

/** Returns the exit code: 1 if some leads were not moved yet. */
export const surgeRelease = async ({ rate, limit, env, by, json }: SurgeReleaseCommand): Promise<number> => {
  const person = decidingPerson(by);
  const connection = await connectTo(env);
  const progress = progressOn();
  const options = { rate, by: person, dryRun: false, ...(limit === undefined ? {} : { limit }) };
  const report = await withScoringOf(connection, (world) =>
    runActivation(options, {
      ...world,
      waiting: () => listWaiting({ ...world, waiting: world.held }, instantOf(Date.now())),
      onProgress: progress.tell,
    }),
  ).finally(progress.end);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${activationText(report)}\n`);
  return report.pending === 0 ? 0 : 1;
};
