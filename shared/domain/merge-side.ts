import type { Lead } from './lead.ts';
import type { TimelineEntry } from './timeline.ts';

/** One of two leads that are to be one. */
export type MergeSide = Readonly<{
  leadId: string;
  lead: Lead;
  /** All that it did, in order. */
  timeline: readonly TimelineEntry[];
  /** It has a handoff that is open or accepted. */
  hasHandoff: boolean;
  /** A lead was merged into it, and not all of that is done. */
  isMerging: boolean;
}>;

/** Also if its handoff is about to be opened. */
export const isWithSales = ({ lead, hasHandoff }: MergeSide): boolean =>
  hasHandoff || lead.unconfirmed !== undefined;
