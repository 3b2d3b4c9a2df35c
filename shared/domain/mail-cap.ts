import type { Policy } from '../policy/schema.ts';
import { DAY, type Instant, later } from './time.ts';

const WEEK = 7 * DAY;

/**
 * The first moment from `now` on at which one more mail keeps both caps: in the 24 hours and in the seven days up to it.
 * Undefined: a cap of 0, so never.
 */
export const nextWithinCap = (
  now: Instant,
  sends: readonly Instant[],
  { per24h, per7d }: Policy['mail']['cap'],
): Instant | undefined => {
  if (per24h < 1 || per7d < 1) return undefined;
  const free = [freeAt(sends, per24h, DAY), freeAt(sends, per7d, WEEK), now];
  return free.reduce<Instant>((latest, at) => (at !== undefined && at > latest ? at : latest), now);
};

/** The `most`-th last send has to leave the span first. */
const freeAt = (sends: readonly Instant[], most: number, span: number): Instant | undefined => {
  const last = sends.toSorted().at(-Math.floor(most));
  return last === undefined ? undefined : later(last, span);
};

/** With one more; those that no cap looks at any longer are forgotten. */
export const countSend = (sends: readonly Instant[], at: Instant): readonly Instant[] => [
  ...sends.filter((send) => send > later(at, -WEEK)),
  at,
];

/** Without one that was counted but never left. */
export const uncountSend = (sends: readonly Instant[], at: Instant): readonly Instant[] => {
  const i = sends.lastIndexOf(at);
  return i === -1 ? sends : sends.toSpliced(i, 1);
};
