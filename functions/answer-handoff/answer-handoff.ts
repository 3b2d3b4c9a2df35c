import { decideAndCommit } from '../../shared/commit.ts';
import { handoffChanges, type SalesStates } from '../../shared/commit-handoff.ts';
import type { Answerer, Refusal } from '../../shared/domain/answered.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import { answerHandoff } from '../../shared/domain/handoff-answer.ts';
import { NobodyToAskError } from '../../shared/domain/holder-calendar.ts';
import type { Answer } from '../../shared/events/inbound.ts';
import type { Aggregates, Clock, PolicySource } from '../../shared/ports.ts';

export type AnswerHandoffDeps = Readonly<{
  aggregates: Aggregates<SalesStates>;
  policy: PolicySource;
  clock: Clock;
}>;

export type HandoffAnswer = Answerer & Readonly<{ handoffId: string; answer: Answer }>;

/** `handoff` is as it stands after the answer, or as it stood if nothing changed. */
export type AnswerOutcome = Readonly<
  | { type: 'done' | 'repeated'; handoff: Handoff }
  | { type: 'refused'; reason: Refusal; handoff: Handoff }
  | { type: 'unknown' }
>;

/** What a person in sales says to a handoff, from whichever side it comes. Said twice, it counts once. */
export const makeAnswerHandoff = ({ aggregates, policy, clock }: AnswerHandoffDeps) => {
  const decide = async ({ handoffId, answer, ...answerer }: HandoffAnswer) => {
    const now = clock.now();
    const loaded = await aggregates.load('handoff', handoffId);
    const handoff = loaded.state;
    if (handoff === undefined) return nothing({ type: 'unknown' });
    const roster = (await aggregates.load('roster', 'current')).state;
    if (roster === undefined) throw new NobodyToAskError('there is no roster');
    const loads =
      handoff.team === undefined ? undefined : (await aggregates.load('team-loads', handoff.team)).state;
    const answered = answerHandoff(handoff, answerer, answer, {
      policy: (await policy.current()).policy,
      roster,
      loads: loads ?? { loads: {} },
      now,
    });
    if (answered.type !== 'done') return nothing({ ...answered, handoff });
    const { state: next, facts } = answered;
    const result: AnswerOutcome = { type: 'done', handoff: next };
    return { changes: await handoffChanges(aggregates, [{ loaded, next, facts }], now), result };
  };
  return (input: HandoffAnswer): Promise<AnswerOutcome> => decideAndCommit(aggregates, () => decide(input));
};

const nothing = (result: AnswerOutcome) => ({ changes: [], result });
