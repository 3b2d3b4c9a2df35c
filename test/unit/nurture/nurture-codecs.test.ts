import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { nurtureCodecs } from '../../../shared/adapters/nurture-codecs.ts';
import type { NurtureStates } from '../../../shared/domain/nurture.ts';
import { DAY, later } from '../../../shared/domain/time.ts';
import { becameMql, granted, nurtureWorld, tuesday } from '../../support/nurture-world.ts';

it('states of every kind come back from storage as they were', async () => {
  const world = nurtureWorld({
    answer: (n) => (n === 1 ? { type: 'refused', code: 'X' } : { type: 'unknown' }),
  });
  await world.putAddress(
    granted({ requestedAt: tuesday, suppressed: 'bounce', applied: ['f1'] }),
    'b@x.example',
  );
  await world.putAddress(granted());
  await world.enroll(becameMql());
  await world.runUntil(later(tuesday, 6 * DAY));
  const codecs = nurtureCodecs('nurture');
  const kinds = new Set<string>();
  for (const { kind, state } of world.table.items.values()) {
    const stored = unmarshall(marshall(state, { removeUndefinedValues: true }));
    expect(codecs[kind as keyof NurtureStates].parse(stored)).toEqual(state);
    kinds.add(kind);
  }
  expect(kinds.size).toBe(3);
});

it('what is no state is refused', () => {
  expect(() => nurtureCodecs('nurture').enrolment.parse({ id: 'e' })).toThrow();
});
