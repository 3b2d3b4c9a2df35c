import * as v from 'valibot';
import { type ApiAnswer, type ApiCall, type ApiRoutes, apiError } from '../../shared/api/api-call.ts';
import { readBody } from '../../shared/api/read-body.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import { NobodyToAskError } from '../../shared/domain/holder-calendar.ts';
import { idSchema } from '../../shared/events/define-event.ts';
import type { Aggregates } from '../../shared/ports.ts';
import { type AnswerCall, answerCallSchema } from './answer-call.ts';
import type { AnswerOutcome, HandoffAnswer } from './answer-handoff.ts';
import { handoffView } from './handoff-view.ts';
import type { HandoffManaged, ManageOutcome } from './manage-handoff.ts';
import { refusalErrors } from './refusal-errors.ts';

export type ServeHandoffCallsDeps = Readonly<{
  answer: (input: HandoffAnswer) => Promise<AnswerOutcome>;
  manage: (input: HandoffManaged) => Promise<ManageOutcome>;
  aggregates: Pick<Aggregates<SalesStates>, 'load'>;
}>;

/** The CRM's way in and out: what a rep or a manager says there counts as if they had said it here. */
export const makeServeHandoffCalls = (deps: ServeHandoffCallsDeps): ApiRoutes => ({
  'GET /api/handoffs/{id}': async ({ parameters: { id } }) => {
    if (!v.is(idSchema, id)) return unknownHandoff;
    const { state } = await deps.aggregates.load('handoff', id);
    return state === undefined ? unknownHandoff : { status: 200, body: { handoff: handoffView(state) } };
  },
  'POST /api/handoffs/{id}/answers': (call) => takeAnswer(deps, call),
});

const takeAnswer = async (
  deps: ServeHandoffCallsDeps,
  { parameters: { id: handoffId }, body }: ApiCall,
): Promise<ApiAnswer> => {
  if (!v.is(idSchema, handoffId)) return unknownHandoff;
  const read = readBody(answerCallSchema, body);
  if ('refused' in read) return read.refused;
  const outcome = await say(deps, handoffId, read.said).catch((error: unknown) => {
    if (error instanceof NobodyToAskError) return undefined;
    throw error;
  });
  if (outcome === undefined) return nobodyToAsk;
  if (outcome.type === 'unknown') return unknownHandoff;
  const handoff = handoffView(outcome.handoff);
  // What the policy still wants to know before the next step.
  const missing = 'missing' in outcome ? outcome.missing : undefined;
  if (outcome.type !== 'refused') return { status: 200, body: { result: outcome.type, handoff, missing } };
  const { status, ...error } = refusalErrors[outcome.reason];
  return apiError(status, { code: outcome.reason, ...error }, { handoff, missing });
};

const say = (
  { answer, manage }: ServeHandoffCallsDeps,
  handoffId: string,
  { id: commandId, by, at, assignment, answer: said }: AnswerCall,
): Promise<AnswerOutcome | ManageOutcome> => {
  switch (said.type) {
    case 'take':
    case 'give':
    case 'give-until':
    case 'pull-back':
      return manage({ handoffId, by, assignment: assignment ?? 0, action: said, commandId });
    default:
      return answer({
        handoffId,
        by,
        answer: said,
        commandId,
        ...(at === undefined ? {} : { at }),
        ...(assignment === undefined ? {} : { assignment }),
      });
  }
};

const nobodyToAsk = apiError(409, {
  code: 'nobody-to-ask',
  message: 'The roster has nobody who could take or manage this handoff.',
  remedy: 'Put a roster that fits the policy (PUT /api/roster), then send the same again.',
});

const unknownHandoff = apiError(404, {
  code: 'unknown-handoff',
  message: 'There is no such handoff.',
  remedy: 'Take the id from a fact (HandoffOpened) or an alert; each environment has its own.',
});
