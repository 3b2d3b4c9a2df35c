import * as v from 'valibot';
import { idSchema, instantSchema } from '../../shared/events/define-event.ts';
import { answerSchema } from '../../shared/events/inbound.ts';

/** What managers can do about an open handoff, besides answering it. */
const managerActions = [
  v.strictObject({ type: v.literal('take') }),
  v.strictObject({ type: v.literal('give'), to: idSchema }),
  v.strictObject({ type: v.literal('give-until'), until: instantSchema }),
  v.strictObject({ type: v.literal('pull-back') }),
] as const;
const managerActionSchema = v.variant('type', managerActions);

/**
 * An answer by API. `id` is the caller's and names this command for ever; `by` is the person's id in the roster; `at` is
 * when they said it; `assignment` is the one that they saw: an answer to an earlier one does not count.
 */
export const answerCallSchema = v.pipe(
  v.strictObject({
    id: idSchema,
    by: idSchema,
    at: v.optional(instantSchema),
    assignment: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    answer: v.variant('type', [...answerSchema.options, ...managerActions]),
  }),
  v.forward(
    v.check(
      ({ answer, assignment }) => assignment !== undefined || !v.is(managerActionSchema, answer),
      'a manager acts on what they saw: name the assignment',
    ),
    ['assignment'],
  ),
);
export type AnswerCall = v.InferOutput<typeof answerCallSchema>;
