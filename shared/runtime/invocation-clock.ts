import type { Instant } from '../domain/time.ts';
import { instantOf } from '../domain/time.ts';
import type { Clock } from '../ports.ts';

/** The same instant for a whole invocation. `offsetMs` is how far it is ahead of the system's clock: 0, but for time travel. */
export type InvocationClock = Clock &
  Readonly<{
    /** At the start of each invocation. */
    refresh(): Promise<void>;
    /** A time stamped by AWS, on this clock. */
    adjust(epochMs: number): Instant;
  }>;

/** Where time travel is possible (never in AWS), `BATON_CLOCK_URL` says how far the clock was moved. */
export const invocationClock = (clockUrl = process.env.BATON_CLOCK_URL): InvocationClock => {
  let offsetMs = 0;
  let now: Instant | undefined;
  return {
    now: () => (now ??= instantOf(Date.now())),
    adjust: (epochMs) => instantOf(epochMs + offsetMs),
    async refresh() {
      if (clockUrl !== undefined) offsetMs = await readOffset(clockUrl);
      now = instantOf(Date.now() + offsetMs);
    },
  };
};

const readOffset = async (url: string): Promise<number> => {
  const body: unknown = await (await fetch(url)).json();
  if (typeof body === 'object' && body !== null && 'offsetMs' in body && typeof body.offsetMs === 'number')
    return body.offsetMs;
  throw new Error('the clock did not say its offset');
};
