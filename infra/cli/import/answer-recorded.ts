import * as v from 'valibot';
import { defineEvent, type EventOf, idSchema, instantSchema } from '../../../shared/events/define-event.ts';
import { answerSchema } from '../../../shared/events/inbound.ts';

/**
 * What somebody in sales said, as records of another system have it: they know which request it was said to, but neither
 * our handoff nor who would have held it. Only a replay finds these out; it never takes the bus.
 */
export const answerRecorded = defineEvent('AnswerRecorded', () =>
  v.strictObject({
    id: idSchema,
    /** The engagement that offered the lead. */
    engagementId: idSchema,
    at: instantSchema,
    answer: answerSchema,
  }),
);
export type AnswerRecorded = EventOf<typeof answerRecorded>;

/** Its detail, if an event is one. */
export const answerIn = ({ type, detail }: Readonly<{ type: string; detail: unknown }>) =>
  type === answerRecorded.type ? v.parse(answerRecorded.schema, detail) : undefined;
