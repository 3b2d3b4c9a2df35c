import type { Ask } from './lead.ts';
import { instantOf } from './time.ts';
import type { TimelineEntry } from './timeline.ts';

/** An engagement of which others are to hear: it has just come, or counts only now. */
export type Arrival = TimelineEntry &
  Readonly<{
    /** The producer's, as facts name it; the timeline's where only that is known any more. */
    engagementId: string;
    /** Epoch milliseconds. */
    receivedAt: number;
  }>;

/** What a lead keeps of an engagement that asked to talk. */
export const askOf = ({ id, engagementId, kind, at, receivedAt }: Arrival): Ask => ({
  id,
  engagementId,
  kind,
  occurredAt: instantOf(at),
  receivedAt: instantOf(receivedAt),
});
