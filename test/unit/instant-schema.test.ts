import { fc, test } from '@fast-check/vitest';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { instantSchema } from '../../shared/events/define-event.ts';

const parsed = (text: string): string | undefined => {
  const { success, output } = v.safeParse(instantSchema, text);
  return success ? output : undefined;
};

it.each([
  ['2026-11-02T09:00:00.000Z', '2026-11-02T09:00:00.000Z'],
  ['2026-11-02T09:00:00Z', '2026-11-02T09:00:00.000Z'],
  ['2026-11-02T09:00:00.123456Z', '2026-11-02T09:00:00.123Z'],
  ['2026-11-02T09:00:00.1234567Z'.replace('T', ' '), '2026-11-02T09:00:00.123Z'],
  ['2026-11-02T09:00:00+01:00', '2026-11-02T08:00:00.000Z'],
  ['2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
  ['2026-02-29T00:00:00.000Z', undefined],
  ['2026-02-30T00:00:00.000Z', undefined],
  ['2026-04-31T00:00:00Z', undefined],
  ['2026-04-00T00:00:00.000Z', undefined],
  ['2026-13-01T00:00:00.000Z', undefined],
  ['2026-11-02T24:00:00.000Z', undefined],
  ['2026-11-02', undefined],
  ['yesterday', undefined],
])('of %s makes %s', (text, instant) => {
  expect(parsed(text)).toBe(instant);
});

test.prop([fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })])(
  'leaves an instant as it is',
  (date) => {
    expect(parsed(date.toISOString())).toBe(date.toISOString());
  },
);
