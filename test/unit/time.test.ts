import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { epochOf, instantOf } from '../../shared/domain/time.ts';

const anyMs = fc.oneof(
  fc.integer({ min: Date.UTC(2020), max: Date.UTC(2040) }),
  fc.integer({ min: -62_167_219_200_000, max: Date.UTC(9999, 11, 31) }),
  fc.constantFrom(
    0,
    -1,
    1,
    Date.UTC(2024, 1, 29),
    Date.UTC(2024, 1, 29) - 1,
    Date.UTC(1969, 11, 31, 23, 59, 59, 999),
  ),
);

describe('an instant', () => {
  test.prop([anyMs], { numRuns: 2000 })('is what dates say', (ms) => {
    expect(instantOf(ms)).toBe(new Date(ms).toISOString());
    expect(epochOf(instantOf(ms))).toBe(ms);
  });

  it('has whole milliseconds', () => {
    expect(instantOf(1.9)).toBe('1970-01-01T00:00:00.001Z');
  });

  it.each([Number.NaN, Infinity, 9e15])('of %s there is none', (ms) => {
    expect(() => instantOf(ms)).toThrow(RangeError);
  });

  it('is written the same after more days than are kept in mind', () => {
    const days = Array.from({ length: 12_000 }, (_, i) => i * 86_400_000);
    expect(days.map(instantOf)).toEqual(days.map((ms) => new Date(ms).toISOString()));
  });

  it.each([
    ['2026-11-02T09:00:00Z', Date.UTC(2026, 10, 2, 9)],
    ['2026-11-02T10:00:00.0+01:00', Date.UTC(2026, 10, 2, 9)],
    ['2026-11-02T10:00:00+0100', Date.UTC(2026, 10, 2, 9)],
    ['2026-11-02', Date.UTC(2026, 10, 2)],
    ['no instant of this length', Number.NaN],
    ['2026-11-02T09:00:0x.000Z', Number.NaN],
    ['', Number.NaN],
  ])('of another form, or none, is read as dates read it: %s', (text, ms) => {
    expect(epochOf(text)).toBe(ms);
  });
});
