import type { Instant } from '../domain/time.ts';
import type { Clock } from '../ports.ts';

/** A clock that stands still until it is moved, and never runs backwards. */
export type VirtualClock = Clock & Readonly<{ moveTo(instant: Instant): void }>;

export const virtualClock = (start: Instant): VirtualClock => {
  let now = start;
  return {
    now: () => now,
    moveTo: (instant) => {
      if (instant > now) now = instant;
    },
  };
};
