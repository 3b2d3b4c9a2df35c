import { setTimeout } from 'node:timers/promises';

const maxAttempts = 5;

/** Some were refused again and again. How many, not which: they hold data of the user. */
export class NotTakenError extends Error {
  override readonly name = 'NotTakenError';
}

/**
 * For services that take a batch in part: sends `entries`, and again only those that `send` returns as not taken,
 * waiting longer and more randomly with each attempt.
 * @throws NotTakenError when some remain after five attempts.
 */
export const sendUntilTaken = async <E>(
  entries: readonly E[],
  send: (entries: readonly E[]) => Promise<readonly E[]>,
  wait: (ms: number) => Promise<unknown> = setTimeout,
): Promise<void> => {
  let left = entries;
  for (let attempt = 1; ; attempt++) {
    left = await send(left);
    if (left.length === 0) return;
    if (attempt === maxAttempts)
      throw new NotTakenError(`${left.length} of ${entries.length} entries were refused`);
    await wait(Math.random() * Math.min(2000, 50 * 2 ** attempt));
  }
};
