import { expect, it } from 'vitest';
import { openTokens } from '../../../shared/simulation/open-tokens.ts';
import { virtualClock } from '../../../shared/simulation/virtual-clock.ts';
import { VirtualEvents } from '../../../shared/simulation/virtual-events.ts';

const start = '2026-11-02T08:00:00.000Z';

it('lets things happen in the order of their time, and what follows before what comes next', async () => {
  const clock = virtualClock(start);
  const events = new VirtualEvents(clock);
  const seen: string[] = [];
  const slow = async (name: string, ms: number) => {
    await events.delay(ms);
    await Promise.resolve();
    seen.push(`${name} ${clock.now().slice(17, 23)}`);
    if (name === 'b') await slow('b again', 5);
  };
  for (const [name, ms] of [
    ['a', 30],
    ['b', 10],
    ['c', 10],
    ['d', 20],
  ] as const)
    void slow(name, ms);
  while (events.next !== undefined) await events.step();
  expect(seen).toEqual(['b 00.010', 'c 00.010', 'b again 00.015', 'd 00.020', 'a 00.030']);
});

it('opens tokens for their purpose, until they expire', async () => {
  const clock = virtualClock(start);
  const tokens = openTokens(clock);
  const token = await tokens.seal('answer', { handoff: 'h' }, '2026-11-02T09:00:00.000Z');
  expect(await tokens.open('answer', token)).toEqual({ type: 'valid', claims: { handoff: 'h' } });
  expect(await tokens.open('confirm', token)).toEqual({ type: 'invalid' });
  expect(await tokens.open('answer', 'nonsense')).toEqual({ type: 'invalid' });
  clock.moveTo('2026-11-02T09:00:00.000Z');
  expect(await tokens.open('answer', token)).toEqual({ type: 'expired' });
});
