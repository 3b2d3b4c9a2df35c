import { setTimeout } from 'node:timers/promises';
import { type Activity, activityOf, unfinished } from './activity.ts';
import type { EmulatorConnection } from './emulator-connection.ts';
import { LocalStackError } from './local-stack-error.ts';

export type QuietOptions = Readonly<{
  emulator: Pick<EmulatorConnection, 'request'>;
  /** Default: a minute, longer than the retry of a message that failed once. */
  timeoutMs?: number;
  intervalMs?: number;
}>;

/**
 * Waits until all work has come to its end: no invocation, no message in a queue that somebody takes from,
 * no stream record left. Two observations must agree and no invocation may have begun between them,
 * because work is for a moment in none of these places while it goes from one to the next.
 * What a clock would start (schedules) is not waited for. Throws LocalStackError with what is left.
 */
export const waitUntilQuiet = async ({
  emulator,
  timeoutMs = 60_000,
  intervalMs = 40,
}: QuietOptions): Promise<Activity> => {
  const deadline = Date.now() + timeoutMs;
  let idleAt: number | undefined;
  for (;;) {
    const activity = await activityOf(emulator);
    const left = unfinished(activity);
    if (left.length === 0 && activity.invocations === idleAt) return activity;
    if (Date.now() > deadline)
      throw new LocalStackError(
        `The local stack did not come to rest within ${Math.round(timeoutMs / 1000)} seconds: ${left.join(', ') || 'invocations go on'}. See the emulator's log.`,
      );
    idleAt = left.length === 0 ? activity.invocations : undefined;
    await setTimeout(intervalMs);
  }
};
