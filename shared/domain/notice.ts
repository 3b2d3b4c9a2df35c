import type { FactOf } from '../events/facts.ts';
import type { DeadlineName } from './handoff.ts';
import type { DigestEntry } from './notices.ts';
import type { Person } from './roster.ts';
import type { Instant } from './time.ts';

/** The texts of staff mails, by name. */
export const staffTexts = [
  'handoff-offered',
  'handoff-reminder',
  'handoff-moved',
  'handoff-breached',
  'handoff-digest',
  'handoff-escalated',
  'handoff-pulled-back',
  'handoff-closed',
  'lead-asked',
  'sql-asked',
  'sql-hot',
  'owner-alert',
] as const;
export type StaffText = (typeof staffTexts)[number];

/** Alerts about somebody who asks to talk or has become hot: they show the lead as it is now, not as it was handed off. */
const alertTexts: ReadonlySet<StaffText> = new Set(['lead-asked', 'sql-asked', 'sql-hot', 'owner-alert']);
export const isAlert = (text: StaffText): boolean => alertTexts.has(text);

/** Facts that somebody in sales is told. */
export type FactForSales = FactOf<
  | 'HandoffOpened'
  | 'HandoffReminded'
  | 'HandoffBreached'
  | 'HandoffEscalated'
  | 'HandoffReassigned'
  | 'HandoffGivenUntil'
  | 'HandoffPulledBack'
  | 'HandoffAccepted'
  | 'HandoffRejected'
  | 'RepAlerted'
>;

/** The deadline that a mail is about. */
export type MailDeadline = Readonly<{ name: DeadlineName; dueAt: Instant }>;

/** One thing to be done about a fact. `key` tells it apart from the fact's other notices. */
export type Notice = Readonly<{ key: string }> &
  Readonly<
    | { type: 'mail'; to: Person; text: StaffText; deadline?: MailDeadline }
    | { type: 'digest'; manager: string; entry: DigestEntry }
    | { type: 'chat'; subject: string; message: string }
    | { type: 'metric'; name: string }
  >;

/** Who knows by this notice that the handoff is late. */
export const toldLate = (notice: Notice): string | undefined => {
  if (notice.type === 'digest') return notice.manager;
  const late = notice.type === 'mail' && ['handoff-breached', 'handoff-escalated'].includes(notice.text);
  return late ? notice.to.id : undefined;
};
