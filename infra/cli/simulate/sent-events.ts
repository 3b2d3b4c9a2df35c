import type { InboundEvent } from '../inbound-event.ts';
import type { Input } from './producer-events.ts';

/** What happened, whether it was told as news or as history. */
export type SentEvent = Readonly<{ at: number; isPast: boolean }> & InboundEvent;

export const sentEvents = (inputs: readonly Input[]): readonly SentEvent[] =>
  inputs.flatMap(({ at, event }): SentEvent[] =>
    event.type === 'HistoryImported'
      ? // The history made them.
        (event.detail.events as readonly InboundEvent[]).map((past) => ({ at, isPast: true, ...past }))
      : [{ at, isPast: false, ...event }],
  );

export const sentEngagements = (inputs: readonly Input[]): readonly SentEvent[] =>
  sentEvents(inputs).filter(
    ({ type, detail }) => type === 'EngagementRecorded' && typeof detail.id === 'string',
  );
