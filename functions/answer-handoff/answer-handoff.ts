import type { Answerer, Refusal } from '../../shared/domain/answered.ts';
import { answerHandoff } from '../../shared/domain/handoff-answer.ts';
import { onceByCommand } from '../../shared/domain/handoff-command.ts';
import { missingNext } from '../../shared/domain/handoff-qualify.ts';
import type { Missing } from '../../shared/domain/qualification.ts';
import type { Answer } from '../../shared/events/inbound.ts';
import { type ChangeHandoffDeps, type HandoffOutcome, makeChangeHandoff } from './change-handoff.ts';

/** `commandId`: of the system that passes it on. */
export type HandoffAnswer = Answerer & Readonly<{ handoffId: string; answer: Answer; commandId?: string }>;

/** `missing`: what the policy still wants to know before the next step; undefined after the last one. */
export type AnswerOutcome = HandoffOutcome<Refusal> & Readonly<{ missing?: Missing }>;

/** What a person in sales says to a handoff, from whichever side it comes. Said twice, it counts once. */
export const makeAnswerHandoff = (deps: ChangeHandoffDeps) => {
  const changeHandoff = makeChangeHandoff(deps);
  return async ({ handoffId, answer, commandId, ...answerer }: HandoffAnswer): Promise<AnswerOutcome> => {
    const outcome = await changeHandoff(handoffId, (handoff, staffing) =>
      onceByCommand(
        handoff,
        commandId === undefined ? undefined : { id: commandId, says: { ...answerer, answer } },
        () => answerHandoff(handoff, answerer, answer, staffing),
      ),
    );
    if (outcome.type === 'unknown') return outcome;
    const missing = missingNext(outcome.handoff, (await deps.policy.current()).policy);
    return { ...outcome, ...(missing === undefined ? {} : { missing }) };
  };
};
