import * as v from 'valibot';
import { strongestName } from '../../../shared/domain/identity.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { later, MINUTE } from '../../../shared/domain/time.ts';
import { type PastEvent, pastEventSchema } from '../../../shared/events/commands.ts';
import type { InboundEvent } from '../inbound-event.ts';

/** An event that may be imported, or what is wrong with it: its path and kind, never its values. */
export const readPastEvent = (
  { type, detail }: InboundEvent,
  now: Instant,
): Readonly<{ event: PastEvent; at: Instant } | { reason: string }> => {
  const read = v.safeParse(pastEventSchema(), { type, detail });
  if (!read.success) {
    const [issue] = read.issues;
    const path = v.getDotPath(issue)?.replace(/^detail\./, '');
    if (path === 'type') return { reason: 'is no event that can be imported' };
    return {
      reason: `${path ?? 'the row'} ${issue.received === 'undefined' ? 'is missing' : 'is not as it should be'} (${issue.type})`,
    };
  }
  const event = read.output;
  const at = timeOf(event);
  if (at === undefined) return { reason: 'occurredAt is missing' };
  if (at > later(now, 10 * MINUTE)) return { reason: 'lies in the future' };
  if (Buffer.byteLength(JSON.stringify(event)) > largestEvent) return { reason: 'is larger than 200 KB' };
  return { event, at };
};

/** With what is around it, it must fit into a message. */
const largestEvent = 200_000;

const timeOf = (event: PastEvent): Instant | undefined =>
  event.type === 'EngagementRecorded' || event.type === 'ProfileChanged'
    ? event.detail.occurredAt
    : event.detail.at;

/** The lead or company that an event is about, as its producer names them. */
export const subjectOf = ({ detail }: PastEvent): string =>
  'lead' in detail ? strongestName(detail.lead) : `account:${detail.domain}`;
