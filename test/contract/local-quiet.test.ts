import { describe, expect, it } from 'vitest';
import type { Activity } from '../../infra/local/activity.ts';
import { waitUntilQuiet } from '../../infra/local/quiet.ts';

const idle: Activity = { invocations: 3, running: {}, batches: 0, queues: [], streams: [] };
const queue = { name: 'q', consumed: true, visible: 0, inFlight: 0, delayed: 0 };
const stream = { table: 't', function: 'relay', written: 5, behind: 0, lastResult: 'OK' };

/** Answers one observation after the other, and the last one for ever. */
const observing = (...observations: Activity[]) => {
  let asked = 0;
  return {
    asked: () => asked,
    request: async () => {
      const activity = observations[Math.min(asked++, observations.length - 1)];
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(activity)) };
    },
  };
};

const busy: [string, Activity, string][] = [
  ['a running function', { ...idle, running: { tick: 1 } }, 'tick runs (1)'],
  ['a batch', { ...idle, batches: 1 }, '1 batches'],
  ['a visible message', { ...idle, queues: [{ ...queue, visible: 2 }] }, 'queue q (2 visible'],
  [
    'a message in flight',
    { ...idle, queues: [{ ...queue, inFlight: 1 }] },
    'queue q (0 visible, 1 in flight',
  ],
  ['a delayed message', { ...idle, queues: [{ ...queue, delayed: 1 }] }, '1 delayed'],
  ['a stream record', { ...idle, streams: [{ ...stream, behind: 4 }] }, 'stream of t (4 not taken by relay'],
];

describe('quiet', () => {
  it('needs two observations that agree', async () => {
    const emulator = observing(idle);
    await waitUntilQuiet({ emulator, intervalMs: 1 });
    expect(emulator.asked()).toBe(2);
  });

  it('is not reached while invocations begin between observations', async () => {
    const emulator = observing(idle, { ...idle, invocations: 4 }, { ...idle, invocations: 4 });
    await waitUntilQuiet({ emulator, intervalMs: 1 });
    expect(emulator.asked()).toBe(3);
  });

  it.each(busy)('waits for %s', async (_what, activity) => {
    const emulator = observing(idle, activity, idle);
    await waitUntilQuiet({ emulator, intervalMs: 1 });
    expect(emulator.asked()).toBe(4);
  });

  it.each(busy)('says that %s was left when time is up', async (_what, activity, words) => {
    const emulator = observing(activity);
    await expect(waitUntilQuiet({ emulator, intervalMs: 1, timeoutMs: 10 })).rejects.toMatchObject({
      name: 'LocalStackError',
      message: expect.stringContaining(words),
    });
  });

  it('does not wait for queues that nobody takes from: dead letters stay', async () => {
    const emulator = observing({ ...idle, queues: [{ ...queue, consumed: false, visible: 9 }] });
    await expect(waitUntilQuiet({ emulator, intervalMs: 1 })).resolves.toBeDefined();
  });
});
