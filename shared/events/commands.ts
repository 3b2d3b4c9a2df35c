import * as v from 'valibot';
import { defineEvent, type EventOf, idSchema } from './define-event.ts';
import { accountChanged, dealChanged, engagementRecorded, profileChanged } from './inbound.ts';

/** What can have happened before. */
export const pastEventSchema = v.variant('type', [
  v.strictObject({ type: v.literal(engagementRecorded.type), detail: engagementRecorded.schema }),
  v.strictObject({ type: v.literal(profileChanged.type), detail: profileChanged.schema }),
  v.strictObject({ type: v.literal(accountChanged.type), detail: accountChanged.schema }),
  v.strictObject({ type: v.literal(dealChanged.type), detail: dealChanged.schema }),
]);

export type PastEvent = v.InferOutput<typeof pastEventSchema>;

/**
 * What happened before Baton was there, of one lead or one company: it is scored and kept, and starts nothing. It never
 * takes the bus, where every producer could call its events history.
 */
export const historyImported = defineEvent(
  'HistoryImported',
  v.strictObject({ events: v.pipe(v.array(pastEventSchema), v.minLength(1), v.maxLength(100)) }),
);
export type HistoryImported = EventOf<typeof historyImported>;

/** Somebody lets a lead go on that history would have made an MQL. */
export const activateLead = defineEvent(
  'ActivateLead',
  v.strictObject({
    leadId: idSchema,
    /** Who decided it. */
    by: idSchema,
  }),
);
export type ActivateLead = EventOf<typeof activateLead>;
