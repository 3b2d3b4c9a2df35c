import { DAY, instantOf } from '../../../shared/domain/time.ts';
import type { PastEvent } from '../../../shared/events/commands.ts';
import type { CastLead } from './cast.ts';
import {
  dealInput,
  engagementInput,
  type Input,
  profileInput,
  type Scene,
  sendingMs,
} from './producer-events.ts';

const longAgoMs = 60 * DAY;

/** What a lead did before it is told as history, in one or two parts, and perhaps a part of it as news as well. */
export const pastOf = (scene: Scene, cast: CastLead, i: number, live: readonly Input[]): readonly Input[] => {
  const { draws, startAt } = scene;
  const before = Array.from({ length: draws.whole(3, 12) }, (_, n) => {
    const at = startAt - draws.skewed(0, longAgoMs);
    const { event } = engagementInput(scene, cast, `e-${i}-${500 + n}`, at);
    return { at, event: { ...event, detail: { ...event.detail, occurredAt: instantOf(at) } } };
  });
  const told = [
    ...before,
    ...live.filter(({ event: { type } }) => type === 'EngagementRecorded' && draws.chance(0.1)),
    ...(draws.chance(0.3)
      ? [profileInput(draws, cast, `p-${i}-h`, startAt - draws.whole(0, longAgoMs))]
      : []),
    ...(draws.chance(0.1) ? [dealInput(draws, cast, `d-${i}-h`, startAt - draws.whole(0, longAgoMs))] : []),
  ];
  const half = draws.chance(0.3) ? draws.whole(1, told.length) : told.length;
  const parts = [told.slice(0, half), told.slice(half)].filter((part) => part.length > 0);
  return [
    ...parts.map((part): Input => {
      // It is what happened, whenever that is said.
      const events = part.map(({ event }) => event as PastEvent);
      return {
        at: startAt + draws.skewed(0, sendingMs),
        event: { type: 'HistoryImported', detail: { events } },
        to: 'score-lead',
      };
    }),
    ...before
      .filter(() => draws.chance(0.15))
      .map(({ event }) => ({ at: startAt + draws.whole(0, sendingMs), event })),
  ];
};
