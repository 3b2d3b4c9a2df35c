import { changeOf } from '../../shared/commit.ts';
import type { NurtureDecision } from '../../shared/domain/enrolment.ts';
import type { Mailbox, NurtureStates } from '../../shared/domain/nurture.ts';
import type { Change, Loaded } from '../../shared/ports.ts';

/** The enrolment with its due time, and its mailbox if that changes too. */
export const nurtureChanges = (
  items: Readonly<{ enrolment: Loaded<unknown>; mailbox: Loaded<unknown> }>,
  mailboxBefore: Mailbox,
  { enrolment, mailbox, facts }: NurtureDecision,
): readonly Change<keyof NurtureStates>[] => [
  changeOf('enrolment', enrolment.id, items.enrolment, {
    state: enrolment,
    facts,
    ...(enrolment.nextAt === undefined ? {} : { dueAt: enrolment.nextAt }),
  }),
  ...(mailbox === mailboxBefore
    ? []
    : [changeOf('mailbox', enrolment.leadId, items.mailbox, { state: mailbox })]),
];
