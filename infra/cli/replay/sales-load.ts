import type { StampedFact } from '../../../shared/events/facts.ts';
import { countOne, type PerWeek, perWeek, type WeekOf } from './weeks.ts';

export type RepLoad = Readonly<{
  rep: string;
  /** Handoffs that came to them: opened for them, or reassigned to them. */
  offered: PerWeek;
  /** Offered and not answered, at the same time. */
  openPeak: number;
  openAtEnd: number;
}>;

export type SalesLoad = Readonly<{
  hear(fact: StampedFact): void;
  figures(weeks: number): readonly RepLoad[];
}>;

/** Who got how many handoffs, and how many waited for them at once: followed from the facts, each told once. */
export const salesLoad = (weekOf: WeekOf): SalesLoad => {
  const offered = new Map<string, Map<string, number>>();
  const holders = new Map<string, string>();
  const open = new Map<string, number>();
  const peaks = new Map<string, number>();

  const close = (handoffId: string): void => {
    const holder = holders.get(handoffId);
    if (holder === undefined) return;
    holders.delete(handoffId);
    open.set(holder, (open.get(holder) ?? 0) - 1);
  };
  const give = (handoffId: string, holder: string, at: string): void => {
    close(handoffId);
    holders.set(handoffId, holder);
    countOne(open, holder);
    peaks.set(holder, Math.max(peaks.get(holder) ?? 0, open.get(holder) ?? 0));
    const weeks = offered.get(holder) ?? new Map<string, number>();
    offered.set(holder, weeks);
    countOne(weeks, weekOf(at));
  };

  return {
    hear(fact) {
      switch (fact.type) {
        case 'HandoffOpened':
          if (fact.holder !== undefined) give(fact.handoffId, fact.holder, fact.at);
          break;
        case 'HandoffReassigned':
          give(fact.handoffId, fact.holder, fact.at);
          break;
        case 'HandoffAccepted':
        case 'HandoffRejected':
        case 'HandoffQualified':
        case 'HandoffPulledBack':
        case 'HandoffWithdrawn':
          close(fact.handoffId);
          break;
        default:
      }
    },
    figures: (weeks) =>
      [...offered.keys()].sort().map((rep) => ({
        rep,
        offered: perWeek(offered.get(rep) ?? new Map(), weeks),
        openPeak: peaks.get(rep) ?? 0,
        openAtEnd: open.get(rep) ?? 0,
      })),
  };
};
