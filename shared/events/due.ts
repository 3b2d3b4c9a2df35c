import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';

/** Something has come due. Only a hint to look: the item itself says whether anything is to be done. */
export const due = defineEvent('Due', () =>
  v.object({ kind: v.string(), id: v.string(), dueAt: v.string() }),
);
export type Due = EventOf<typeof due>;
