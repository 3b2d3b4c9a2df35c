import type { ImportTarget } from './target.ts';

/** Sleeps; tests do not. */
export type Sleep = (ms: number) => Promise<unknown>;

const mostWaiting = 1000;
const askEvery = 250;
const pollMs = 1000;
/** Counts of SQS are approximate: one zero says little. */
const quietPolls = 3;
const patiencePolls = 300;

/**
 * Keeps an import from piling up: live engagements share the queue, and must not wait behind a million rows. Call it after
 * each shipment, with the messages it had.
 */
export const makePacer = ({ backlog }: Pick<ImportTarget, 'backlog'>, sleep: Sleep) => {
  let unasked = 0;
  return async (messages: number): Promise<void> => {
    unasked += messages;
    if (unasked < askEvery) return;
    unasked = 0;
    while ((await backlog()) > mostWaiting) await sleep(pollMs);
  };
};

/** Waits until the queue is empty, as long as it gets shorter. Returns how many messages still wait. */
export const workedOff = async (
  { backlog }: Pick<ImportTarget, 'backlog'>,
  sleep: Sleep,
  onProgress: (left: number) => void,
): Promise<number> => {
  let shortest = Infinity;
  for (let [quiet, stuck] = [0, 0]; quiet < quietPolls && stuck < patiencePolls; ) {
    const left = await backlog();
    quiet = left === 0 ? quiet + 1 : 0;
    stuck = left < shortest ? 0 : stuck + 1;
    shortest = Math.min(shortest, left);
    onProgress(left);
    if (quiet < quietPolls) await sleep(pollMs);
    else return 0;
  }
  return backlog();
};
