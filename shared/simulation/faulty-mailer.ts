import type { Instant } from '../domain/time.ts';
import type { Clock, Mail, SendOutcome } from '../ports.ts';
import type { FaultyGround } from './faulty-instance.ts';

/** A mail that somebody was asked to send. */
export type MailAttempt = Readonly<{
  at: Instant;
  mail: Mail;
  /** Its recipient holds it, whatever the sender was told. */
  left: boolean;
  outcome: SendOutcome['type'];
}>;

/** SES as it may answer; what is unknown has left every other time. To instances that are spared it is kind. */
export const faultyMailer = (
  { draws, faults, tell }: Pick<FaultyGround, 'draws' | 'faults' | 'tell'>,
  clock: Clock,
  onAttempt: (attempt: MailAttempt) => void,
) => {
  let sent = 0;
  const outcomeOf = (spared: boolean): SendOutcome => {
    if (spared) return { type: 'sent', messageId: `m-${sent++}` };
    const { unknown, throttled, quota, refused, paused } = faults().mail;
    if (draws.chance(unknown)) return { type: 'unknown' };
    if (draws.chance(throttled)) return { type: 'throttled' };
    if (draws.chance(quota)) return { type: 'quota' };
    if (draws.chance(refused)) return { type: 'refused', code: 'MessageRejected' };
    if (draws.chance(paused)) return { type: 'paused', code: 'SendingPausedException' };
    return { type: 'sent', messageId: `m-${sent++}` };
  };
  return (spared: boolean) => ({
    async send(mail: Mail): Promise<SendOutcome> {
      const outcome = outcomeOf(spared);
      const left = outcome.type === 'sent' || (outcome.type === 'unknown' && draws.chance(0.5));
      if (outcome.type !== 'sent') tell(`SES answers ${outcome.type}`);
      onAttempt({ at: clock.now(), mail, left, outcome: outcome.type });
      return outcome;
    },
  });
};
