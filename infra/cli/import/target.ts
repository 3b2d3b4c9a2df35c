import type { Queue } from '../../../shared/ports.ts';
import type { InboundEvent } from '../inbound-event.ts';
import type { WaitingLead } from './list-waiting.ts';

/** Where an import goes. */
export type ImportTarget = Readonly<{
  /** Differs for tables that are not the same ones, whatever their names. */
  identity: string;
  /** The queue of score-lead. */
  history: Queue;
  /** The bus, as for any producer. */
  bus(events: readonly InboundEvent[]): Promise<void>;
  /** Messages that wait or are being handled, about. */
  backlog(): Promise<number>;
  /** Messages that nobody could handle, about. */
  deadLetters(): Promise<number>;
  /** Leads that their history would have made MQLs, also from earlier imports. */
  waiting(): AsyncIterable<WaitingLead>;
}>;
