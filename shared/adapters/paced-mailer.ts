import type { Mailer } from '../ports.ts';

/** A mail that would have to wait longer is put off: its claim must not outlive the function that holds it (30 s). */
const longestWaitMs = 10_000;

export type Pace = Readonly<{
  /** How many mails may leave in a second; asked before each mail. Below 1 they are further apart than a second. */
  perSecond: () => Promise<number>;
  /** Real time, in milliseconds: SES counts in it, also where Baton's time travels. */
  systemMs?: () => number;
  sleep?: (ms: number) => Promise<void>;
}>;

/**
 * Lets mails leave no faster than `perSecond`, those of one second at once. One whose turn is more than ten seconds
 * away is `throttled`: it was not sent, and comes again.
 */
export const pacedMailer = (
  mailer: Mailer,
  { perSecond, systemMs = Date.now, sleep = (ms) => new Promise((go) => setTimeout(go, ms)) }: Pace,
): Mailer => {
  let nextAt = 0;
  return {
    async send(mail) {
      const rate = await perSecond();
      const now = systemMs();
      // What was not used for a while may be used at once, but never more than a second's worth.
      const at = Math.max(nextAt, now - longestBurstMs(rate));
      if (at - now > longestWaitMs) return { type: 'throttled' };
      nextAt = at + 1000 / rate;
      if (at > now) await sleep(at - now);
      return mailer.send(mail);
    },
  };
};

const longestBurstMs = (rate: number): number => Math.max(0, 1000 - 1000 / rate);
