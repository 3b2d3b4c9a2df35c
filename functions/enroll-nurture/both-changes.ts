import { changeOf } from '../../shared/commit.ts';
import type { NurtureDecision } from '../../shared/domain/enrolment.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import type { Change, Loaded } from '../../shared/ports.ts';

export type Decided = Readonly<{ changes: readonly Change<keyof NurtureStates>[]; result: boolean }>;

export const nothing: Decided = { changes: [], result: false };

/** Enrolment and mailbox change together: the one says what happens, the other that it happens once. */
export const bothChanges = (
  items: Readonly<{ enrolment: Loaded<unknown>; mailbox: Loaded<unknown> }>,
  { enrolment, mailbox, facts }: NurtureDecision,
): Decided => ({
  changes: [
    changeOf('enrolment', enrolment.id, items.enrolment, {
      state: enrolment,
      facts,
      ...(enrolment.nextAt === undefined ? {} : { dueAt: enrolment.nextAt }),
    }),
    changeOf('mailbox', enrolment.leadId, items.mailbox, { state: mailbox }),
  ],
  result: true,
});
