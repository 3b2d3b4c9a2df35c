/**
 * - `throttle`: the rate is exceeded, nothing was sent. `daily-quota`: so is today's quota; the same error
 *   code, told apart by its text only.
 * - `lose-reply`: the mail is sent, but the connection ends without an answer.
 * - `server-error`: an answer of the 500s; nothing was sent.
 */
export type MailFault = 'throttle' | 'daily-quota' | 'lose-reply' | 'server-error';

export const mailFaultNames: readonly MailFault[] = ['throttle', 'daily-quota', 'lose-reply', 'server-error'];

export type MailFaults = Readonly<{
  /** The next `times` mails (default: all) meet the fault; one fault at a time. */
  set(fault: MailFault, times?: number): void;
  clear(): void;
  /** Counts one mail. */
  next(): MailFault | undefined;
}>;

export const mailFaults = (): MailFaults => {
  let current: MailFault | undefined;
  let left = 0;
  return {
    set: (fault, times = Number.POSITIVE_INFINITY) => {
      current = fault;
      left = times;
    },
    clear: () => {
      left = 0;
    },
    next: () => {
      if (left <= 0) return undefined;
      left -= 1;
      return current;
    },
  };
};
