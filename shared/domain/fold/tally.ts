import { type ByNumber, NumberedList } from './by-number.ts';

/**
 * What the engagements of a lead add up to, in a size that does not grow with them: enough to admit a further one
 * without the others, unless it comes late (`spansToKnow`). The same for the same engagements in any order, but for
 * decimal noise and `earned`. Bound to the scoring rules that it was folded with.
 */
export type Tally = Readonly<{
  /** The time of the latest engagement, epoch ms; 0: none. */
  ref: number;
  /**
   * Points by category, in the order of the policy's category names: in units of 2^floor(ref / half-life), so that
   * moving `ref` on multiplies by an exact power of two.
   */
  sums: readonly number[];
  /** Of rules that pay once per day, week, month or ever. */
  periods: ByNumber<PeriodPaid>;
  /** Of rules that pay once per asset. */
  assets: ByNumber<AssetsPaid>;
  patterns: ByNumber<PatternTally>;
  /** The latest engagement that earned points above 0 when it was admitted. */
  earned?: Readonly<{ id: string; at: number }>;
}>;

/** The newest period that was paid, and the time of its first engagement, epoch ms. */
export type PeriodPaid = Readonly<{ period: number; at: number }>;

/** An asset that was paid, and the time of its first engagement. */
export type AssetPaid = Readonly<{ asset: number; at: number }>;

/**
 * Which assets were paid, the earliest first; or once there are 16, the time of the latest of them: only what is earlier
 * changes anything.
 */
export type AssetsPaid = Readonly<{ paid: readonly AssetPaid[] } | { fullAt: number }>;

export type PatternTally = Readonly<{
  /** When it was complete for the first time, epoch ms. */
  paidAt?: number;
  /** Until it is: its newest values, each with the time of its latest. */
  values: readonly Readonly<{ value: number; at: number }>[];
}>;

export const emptyTally: Tally = {
  ref: 0,
  sums: [],
  periods: new NumberedList(),
  assets: new NumberedList(),
  patterns: new NumberedList(),
};
