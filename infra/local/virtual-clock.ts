import { Temporal } from 'temporal-polyfill';

/** System time plus an offset. Lambdas ask for the offset over HTTP. */
export type VirtualClock = Readonly<{
  /** Epoch milliseconds. */
  now(): number;
  offsetMs(): number;
  jumpTo(epochMs: number): void;
}>;

export const virtualClock = (systemNow: () => number = Date.now): VirtualClock => {
  let offsetMs = 0;
  return {
    now: () => systemNow() + offsetMs,
    offsetMs: () => offsetMs,
    jumpTo: (epochMs) => {
      offsetMs = Math.round(epochMs - systemNow());
    },
  };
};

/** The next Monday 09:00 in `zone`, epoch milliseconds: a run that starts then meets people at work. */
export const nextMondayMorning = (nowMs: number, zone = 'Europe/Berlin'): number => {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone);
  const monday = now.add({ days: (8 - now.dayOfWeek) % 7 }).withPlainTime('09:00');
  const next = Temporal.ZonedDateTime.compare(monday, now) > 0 ? monday : monday.add({ days: 7 });
  return next.epochMilliseconds;
};
