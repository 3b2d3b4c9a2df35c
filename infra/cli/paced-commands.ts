import { setTimeout } from 'node:timers/promises';
import type { Message, Queue } from '../../shared/ports.ts';
import type { Sleep } from './import/work-off.ts';
import { bar } from './progress-bar.ts';

const commandsAtOnce = 10;

export type Pace = Readonly<{
  /** A minute. */
  rate: number;
  sleep?: Sleep;
  /** `releasing`, with a bar for how far it is. */
  doing: string;
  onProgress: (message: string) => void;
}>;

/** The first at once, then as the minutes pass; what was slow is not caught up with in one go. */
export const sendPaced = async (
  queue: Queue,
  commands: readonly Message[],
  { rate, sleep = setTimeout, doing, onProgress }: Pace,
): Promise<void> => {
  const perCall = Math.max(1, Math.min(commandsAtOnce, Math.floor(rate / 60)));
  const pauseMs = (60_000 * perCall) / rate;
  for (let i = 0; i < commands.length; i += perCall) {
    if (i > 0) await sleep(pauseMs);
    await queue.send(commands.slice(i, i + perCall));
    onProgress(bar(doing, Math.min(commands.length, i + perCall), commands.length));
  }
};
