import { instantOf } from '../../../shared/domain/time.ts';
import { connectTo } from '../environment-connection.ts';
import { listWaiting } from '../import/list-waiting.ts';
import { withScoringOf } from '../lead/connect-scoring.ts';
import { surgeStanding } from '../surge/surge-standing.ts';
import { surgeText } from '../surge/surge-text.ts';

export type SurgeShowCommand = Readonly<{ env?: string; json?: true }>;

/** Returns the exit code. */
export const surgeShow = async ({ env, json }: SurgeShowCommand): Promise<number> => {
  const connection = await connectTo(env);
  const now = instantOf(Date.now());
  const standing = await withScoringOf(connection, (world) =>
    surgeStanding({ ...world, now, held: () => listWaiting({ ...world, waiting: world.held }, now) }),
  );
  process.stdout.write(
    json
      ? `${JSON.stringify({ environment: connection.environment, ...standing })}\n`
      : `${surgeText(standing)}\n`,
  );
  return 0;
};
