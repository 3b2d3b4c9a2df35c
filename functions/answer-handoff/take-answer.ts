import { withoutNotes } from '../../shared/domain/qualification.ts';
import type { HandoffAnswered } from '../../shared/events/inbound.ts';
import type { Clock, RejectedLog } from '../../shared/ports.ts';
import type { AnswerOutcome, HandoffAnswer } from './answer-handoff.ts';

export type TakeAnswerDeps = Readonly<{
  answer: (input: HandoffAnswer) => Promise<AnswerOutcome>;
  rejected: RejectedLog;
  clock: Clock;
  /** Of the function, for the log of what was refused. */
  name: string;
}>;

/** An answer of another system. One that can never count is kept with its reason, without the rep's note. */
export const makeTakeAnswer =
  ({ answer, rejected, clock, name }: TakeAnswerDeps) =>
  async (event: HandoffAnswered): Promise<AnswerOutcome['type']> => {
    const { handoffId, by, at, answer: said } = event;
    // On the bus an id names an event, and one with other words is another: only a copy of the same one is a repeat.
    const commandId = JSON.stringify([event.id, by, said]);
    const outcome = await answer({
      handoffId,
      by,
      answer: said,
      commandId,
      ...(at === undefined ? {} : { at }),
    });
    if (outcome.type === 'unknown' || outcome.type === 'refused')
      await rejected.add({
        at: clock.now(),
        by: name,
        code: outcome.type === 'unknown' ? 'unknown-handoff' : `answer-${outcome.reason}`,
        reasons: ['handoffId'],
        payload: JSON.stringify({ ...event, answer: withoutWords(said) }),
      });
    return outcome.type;
  };

/** What somebody wrote may speak of people. A reason for rejection is a name of the policy's; one for a pause is not. */
const withoutWords = (said: HandoffAnswered['answer']) => ({
  ...said,
  note: undefined,
  ...('qualification' in said ? { qualification: withoutNotes(said.qualification ?? {}) } : {}),
  ...(said.type === 'pause' ? { reason: undefined } : {}),
});
