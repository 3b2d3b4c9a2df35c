import { instantOf } from '../../../shared/domain/time.ts';
import { connectTo } from '../environment-connection.ts';
import { impactText } from '../impact/impact-text.ts';
import { runImpact } from '../impact/run-impact.ts';
import { withScoringOf } from '../lead/connect-scoring.ts';
import { policyIn } from '../policy/policy-folder.ts';
import { progressOn } from '../progress.ts';

export type PolicyImpactCommand = Readonly<{ env?: string; limit?: number; json?: true }>;

const shown = 20;

/** Returns the exit code; the policy is read first, so that one that cannot work is refused without asking AWS. */
export const policyImpact = async (
  directory: string | undefined,
  { env, limit, json }: PolicyImpactCommand,
): Promise<number> => {
  const proposed = directory === undefined ? undefined : (await policyIn(directory)).policy;
  const connection = await connectTo(env);
  const progress = progressOn();
  const report = await withScoringOf(connection, (world) =>
    runImpact(proposed, { ...world, now: instantOf(Date.now()), onProgress: progress.tell }),
  ).finally(progress.end);
  const most = limit ?? Infinity;
  const { mqls, hot, cold } = report;
  const listed = {
    ...report,
    mqls: { count: mqls.length, leads: mqls.slice(0, most) },
    hot: {
      becomes: { count: hot.becomes.length, leads: hot.becomes.slice(0, most) },
      noLonger: { count: hot.noLonger.length, leads: hot.noLonger.slice(0, most) },
    },
    cold: { count: cold.length, leads: cold.slice(0, most) },
  };
  process.stdout.write(
    json
      ? `${JSON.stringify({ environment: connection.environment, ...listed })}\n`
      : `${impactText(report, limit ?? shown)}\n`,
  );
  return 0;
};
