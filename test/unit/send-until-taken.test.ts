import { describe, expect, it } from 'vitest';
import { NotTakenError, sendUntilTaken } from '../../shared/adapters/send-until-taken.ts';

const noWait = async () => undefined;

describe('sending until all are taken', () => {
  it('resends only what was refused', async () => {
    const sent: string[][] = [];
    await sendUntilTaken(
      ['a', 'b', 'c'],
      async (entries) => {
        sent.push([...entries]);
        return sent.length === 1 ? ['b'] : [];
      },
      noWait,
    );
    expect(sent).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it('gives up after five attempts, waiting at random in between, and says how many are left', async () => {
    let attempts = 0;
    const waits: number[] = [];
    const sending = sendUntilTaken(
      ['a', 'b'],
      async () => {
        attempts++;
        return ['b'];
      },
      async (ms) => waits.push(ms),
    );
    await expect(sending).rejects.toThrow(NotTakenError);
    await expect(sending).rejects.toThrow('1 of 2');
    expect(attempts).toBe(5);
    expect(waits).toHaveLength(4);
  });
});
