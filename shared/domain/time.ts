/**
 * An instant in UTC, always `YYYY-MM-DDTHH:mm:ss.sssZ`: of one length, so instants compare as text.
 * Read one from outside with {@link instantOf}; the core never asks a clock.
 */
export type Instant = string;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Epoch milliseconds -> instant. */
export const instantOf = (epochMs: number): Instant => new Date(epochMs).toISOString();

/** Instant -> epoch milliseconds. */
export const epochOf = (instant: Instant): number => Date.parse(instant);

/** The instant `ms` milliseconds later (earlier if negative). */
export const later = (instant: Instant, ms: number): Instant => instantOf(epochOf(instant) + ms);

/** The earliest of the given instants; undefined if none is given. */
export const earliest = (instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.reduce(
    (first, next) => (next !== undefined && (first === undefined || next < first) ? next : first),
    undefined,
  );

/** The latest of the given instants. */
export const latest = (first: Instant, ...others: readonly Instant[]): Instant =>
  [first, ...others].toSorted().at(-1) ?? first;
