import { earliest, epochOf, type Instant, later, MINUTE } from '../../../shared/domain/time.ts';
import type { FaultyGround } from '../../../shared/simulation/faulty-instance.ts';

const reconcileEveryMs = 5 * MINUTE;
/** It looks so far ahead, and may see what is due soon. */
const reconcileAheadMs = 6 * MINUTE;
const longestOutageMinutes = 60;

type Timer = Readonly<{
  /** Epoch milliseconds; infinite: it would find nothing until something else happens. */
  next(): number;
  fire(at: number): void;
}>;

/**
 * Ticks that would find nothing are left out; of the others some do not come for up to an hour, some come twice. After an
 * outage one comes.
 */
export const faultyTick = (
  { events, draws, faults, tell }: FaultyGround,
  firstDue: () => Instant | undefined,
  tick: () => void,
): Timer => {
  let from = events.now;
  let wasOut = false;
  return {
    next() {
      const due = firstDue();
      return due === undefined
        ? Number.POSITIVE_INFINITY
        : Math.max(from, Math.ceil(epochOf(due) / MINUTE) * MINUTE);
    },
    fire(at) {
      events.moveTo(at);
      from = at + MINUTE;
      wasOut = !wasOut && draws.chance(faults().ticksSkipped);
      if (wasOut) {
        const minutes = draws.skewed(1, longestOutageMinutes);
        tell(`no tick for ${minutes} minutes`);
        from = at + minutes * MINUTE;
        return;
      }
      tick();
      if (draws.chance(faults().tickTwice)) tick();
    },
  };
};

/** The same for reconcile, every five minutes. */
export const faultyReconcile = (
  { events, draws, faults, tell }: FaultyGround,
  dues: readonly (() => Instant | undefined)[],
  reconcile: () => void,
): Timer => {
  let from = events.now;
  return {
    next() {
      const due = earliest(dues.map((firstDue) => firstDue()));
      if (due === undefined) return Number.POSITIVE_INFINITY;
      const seenFrom = epochOf(later(due, -reconcileAheadMs));
      return Math.max(from, Math.ceil(seenFrom / reconcileEveryMs) * reconcileEveryMs);
    },
    fire(at) {
      events.moveTo(at);
      from = at + reconcileEveryMs;
      if (draws.chance(faults().ticksSkipped)) tell('no reconcile');
      else reconcile();
    },
  };
};
