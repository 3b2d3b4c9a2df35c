import type { Handoff } from '../../../shared/domain/handoff.ts';
import type { Locale } from '../../../shared/domain/locale.ts';
import type { Stage } from '../../../shared/domain/stage.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { MailStream } from '../../../shared/ports.ts';

/** What is stored and was sent, at one moment, as read back from the environment. */
export type Snapshot = Readonly<{
  /** Virtual time. */
  now: Instant;
  leads: readonly Readonly<{
    leadId: string;
    stage: Stage;
    /** One entry for each engagement in its timeline, by its short name there. */
    engagements: readonly string[];
  }>[];
  handoffs: readonly Handoff[];
  mails: readonly Readonly<{ stream: MailStream; locale: Locale }>[];
  /** Messages in queues that nobody takes from, by queue. */
  deadLetters: Readonly<Record<string, number>>;
  rejected: readonly Readonly<{ code: string }>[];
  /** What reconcile had to send again. */
  rescues: number;
}>;

/** What was put on the bus. */
export type Fed = Readonly<{
  /** Copies of engagements, wrong ones included. */
  sent: number;
  /** Each engagement that is to be found in a timeline, by its producer's id. */
  distinct: ReadonlySet<string>;
  /** Copies that can never be right. */
  rejectable: number;
}>;
