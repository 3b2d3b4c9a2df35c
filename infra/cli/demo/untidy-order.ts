import type { InboundEvent } from '../inbound-event.ts';
import { seededRandom } from '../seeded-random.ts';

/** How far, in places, something comes too early or too late. */
const displacement = 30;
const shareOutOfOrder = 0.3;

/**
 * As the world sends events: each comes twice, the copy some time later, and a part out of order. The same seed gives
 * the same order.
 */
export const untidyOrder = (events: readonly InboundEvent[], seed = 1): readonly InboundEvent[] => {
  const random = seededRandom(seed);
  const placed = events.flatMap((event, i) => {
    const place = i + (random() < shareOutOfOrder ? (random() - 0.5) * 2 * displacement : 0);
    return [
      { event, place },
      { event, place: place + 1 + random() * displacement },
    ];
  });
  return placed.sort((a, b) => a.place - b.place).map(({ event }) => event);
};
