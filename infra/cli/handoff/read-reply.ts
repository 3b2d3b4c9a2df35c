import * as v from 'valibot';
import type { ApiReply } from '../api/call-api.ts';
import { UnreachableError } from '../unreachable.ts';

const deadline = v.object({ dueAt: v.string() });

/** Of the API's handoff what a person is shown. */
const handoff = v.object({
  id: v.string(),
  leadId: v.string(),
  status: v.string(),
  priority: v.string(),
  team: v.optional(v.string()),
  holder: v.optional(v.string()),
  assignment: v.number(),
  answerBy: v.optional(v.string()),
  plan: v.object({
    accept: v.optional(deadline),
    firstContact: v.optional(deadline),
    qualify: v.optional(deadline),
  }),
  contactedAt: v.optional(v.string()),
  outcome: v.optional(v.object({ type: v.string(), reason: v.string(), at: v.string() })),
});
export type ToldHandoff = Readonly<v.InferOutput<typeof handoff>>;

const reply = v.object({
  result: v.optional(v.string()),
  handoff: v.optional(handoff),
  error: v.optional(
    v.object({
      code: v.string(),
      message: v.string(),
      remedy: v.string(),
      reasons: v.optional(v.array(v.string()), []),
    }),
  ),
});

/** What the API said; its error as text, with the remedy. @throws UnreachableError if it was not the API that answered. */
export const readReply = ({
  status,
  body,
}: ApiReply): Readonly<{ result?: string; handoff?: ToldHandoff; error?: string }> => {
  const read = v.safeParse(reply, body);
  if (!read.success || (status !== 200 && read.output.error === undefined))
    throw new UnreachableError(
      `The API answered ${status} without a word that is known: deploy this version of Baton.`,
    );
  const { result, handoff: told, error } = read.output;
  return {
    ...(result === undefined ? {} : { result }),
    ...(told === undefined ? {} : { handoff: told }),
    ...(error === undefined
      ? {}
      : {
          error: [
            `${error.message} (${error.code})`,
            ...error.reasons.map((reason) => `  ${reason}`),
            error.remedy,
          ].join('\n'),
        }),
  };
};
