import { instantOf } from '../../../shared/domain/time.ts';
import { connectTo } from '../environment-connection.ts';
import { applyText } from '../impact/apply-text.ts';
import { runApply } from '../impact/run-apply.ts';
import { withScoringOf } from '../lead/connect-scoring.ts';
import { decidingPerson } from '../lead/person-and-reason.ts';
import { progressOn } from '../progress.ts';

export type PolicyApplyCommand = Readonly<{
  rate: number;
  limit?: number;
  env?: string;
  by?: string;
  json?: true;
}>;

/** Returns the exit code: 1 if some leads have not followed yet. */
export const policyApply = async ({ rate, limit, env, by, json }: PolicyApplyCommand): Promise<number> => {
  const person = decidingPerson(by);
  const connection = await connectTo(env);
  const progress = progressOn();
  const options = { rate, by: person, ...(limit === undefined ? {} : { limit }) };
  const report = await withScoringOf(connection, (world) =>
    runApply(options, { ...world, now: () => instantOf(Date.now()), onProgress: progress.tell }),
  ).finally(progress.end);
  process.stdout.write(
    json
      ? `${JSON.stringify({ environment: connection.environment, ...report })}\n`
      : `${applyText(report)}\n`,
  );
  return report.pending === 0 ? 0 : 1;
};
