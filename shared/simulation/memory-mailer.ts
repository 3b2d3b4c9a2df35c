import type { Mail, Mailer, SendOutcome } from '../ports.ts';

/** A mailer that keeps what it took. */
export type MemoryMailer = Mailer &
  Readonly<{
    /** Every mail it was asked to send, with what it answered. */
    attempts: { mail: Mail; outcome: SendOutcome }[];
    /** Mails that a recipient may hold: the sent ones, and the unknown ones. */
    delivered(): readonly Mail[];
  }>;

/** `answer` scripts the outcome of the n-th mail, from 0; without it every mail is sent. */
export const memoryMailer = (
  answer: (n: number, mail: Mail) => SendOutcome = (n) => ({ type: 'sent', messageId: `m-${n}` }),
): MemoryMailer => {
  const attempts: { mail: Mail; outcome: SendOutcome }[] = [];
  return {
    attempts,
    delivered: () =>
      attempts.flatMap(({ mail, outcome }) =>
        outcome.type === 'sent' || outcome.type === 'unknown' ? [mail] : [],
      ),
    async send(mail) {
      const outcome = answer(attempts.length, mail);
      attempts.push({ mail, outcome });
      return outcome;
    },
  };
};
