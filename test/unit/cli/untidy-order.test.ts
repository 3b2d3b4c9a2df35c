import { describe, expect, it } from 'vitest';
import { untidyOrder } from '../../../infra/cli/demo/untidy-order.ts';

const events = Array.from({ length: 100 }, (_, i) => ({
  type: 'EngagementRecorded',
  detail: { id: `e${i}` },
}));
const ids = (seed?: number) => untidyOrder(events, seed).map(({ detail }) => detail.id);

describe('untidyOrder', () => {
  it('sends each event twice, and nothing else', () => {
    const counts = new Map<string, number>();
    for (const id of ids()) counts.set(String(id), (counts.get(String(id)) ?? 0) + 1);
    expect([...counts.values()]).toEqual(Array(100).fill(2));
  });

  it('sends a part out of order', () => {
    const first = [...new Set(ids())].map((id) => Number(String(id).slice(1)));
    const early = first.filter((number, i) => first.slice(0, i).some((before) => before > number));
    expect(early.length).toBeGreaterThan(10);
    expect(early.length).toBeLessThan(90);
  });

  it('is the same for the same seed', () => {
    expect(ids(7)).toEqual(ids(7));
    expect(ids(7)).not.toEqual(ids(8));
  });
});
