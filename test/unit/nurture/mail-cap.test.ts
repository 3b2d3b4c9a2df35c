import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSend, nextWithinCap, uncountSend } from '../../../shared/domain/mail-cap.ts';
import { DAY, epochOf, HOUR, type Instant, instantOf, later } from '../../../shared/domain/time.ts';

const now = '2026-11-24T09:00:00.000Z';
const cap = { per24h: 1, per7d: 2 };
const ago = (...hours: number[]) => hours.map((hour) => later(now, -hour * HOUR));

describe('the cap on marketing mail', () => {
  it.each([
    ['nothing was sent', [], now],
    ['one an hour ago', ago(1), later(now, 23 * HOUR)],
    ['one just a day ago', ago(24), now],
    ['two in a week', ago(144, 48), later(now, 24 * HOUR)],
    ['two, the later one too fresh', ago(167, 2), later(now, 22 * HOUR)],
    ['whatever their order', ago(48, 144), later(now, 24 * HOUR)],
    ['more than the cap ever let pass', ago(20, 10, 1), later(now, 158 * HOUR)],
  ])('%s', (_, sends, expected) => {
    expect(nextWithinCap(now, sends, cap)).toBe(expected);
  });

  it('of 0 never opens', () => {
    expect(nextWithinCap(now, [], { per24h: 0, per7d: 2 })).toBeUndefined();
  });

  it('counts and uncounts one send, and forgets those older than a week', () => {
    const sends = countSend(ago(200, 30), now);
    expect(sends).toEqual([later(now, -30 * HOUR), now]);
    expect(uncountSend(sends, now)).toEqual([later(now, -30 * HOUR)]);
    expect(uncountSend(sends, later(now, 1))).toEqual(sends);
  });

  it('is never exceeded in any span by whoever asks first', () => {
    const caps = fc.record({ per24h: fc.integer({ min: 1, max: 3 }), per7d: fc.integer({ min: 1, max: 6 }) });
    const pauses = fc.array(fc.integer({ min: 0, max: 3 * DAY }), { maxLength: 40 });
    fc.assert(
      fc.property(caps, pauses, (limits, gaps) => {
        let at: Instant = now;
        let kept: readonly Instant[] = [];
        const all: Instant[] = [];
        for (const gap of gaps) {
          at = later(at, gap);
          const free = nextWithinCap(at, kept, limits)!;
          expect(free >= at).toBe(true);
          if (free > at) continue;
          kept = countSend(kept, at);
          all.push(at);
        }
        for (const last of all) {
          const within = (span: number) =>
            all.filter((send) => send <= last && epochOf(send) > epochOf(last) - span).length;
          expect(within(DAY)).toBeLessThanOrEqual(limits.per24h);
          expect(within(7 * DAY)).toBeLessThanOrEqual(limits.per7d);
        }
        expect(instantOf(epochOf(at))).toBe(at);
      }),
    );
  });
});
