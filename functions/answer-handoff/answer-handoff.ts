import type { Answerer, Refusal } from '../../shared/domain/answered.ts';
import { answerHandoff } from '../../shared/domain/handoff-answer.ts';
import type { Answer } from '../../shared/events/inbound.ts';
import { type ChangeHandoffDeps, type HandoffOutcome, makeChangeHandoff } from './change-handoff.ts';

export type HandoffAnswer = Answerer & Readonly<{ handoffId: string; answer: Answer }>;

export type AnswerOutcome = HandoffOutcome<Refusal>;

/** What a person in sales says to a handoff, from whichever side it comes. Said twice, it counts once. */
export const makeAnswerHandoff = (deps: ChangeHandoffDeps) => {
  const changeHandoff = makeChangeHandoff(deps);
  return ({ handoffId, answer, ...answerer }: HandoffAnswer): Promise<AnswerOutcome> =>
    changeHandoff(handoffId, (handoff, staffing) => answerHandoff(handoff, answerer, answer, staffing));
};
