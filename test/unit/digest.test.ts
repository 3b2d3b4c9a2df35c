import { describe, expect, it } from 'vitest';
import { addToDigest, dueOf, emptyDigest, sizeOf, withoutTold } from '../../shared/domain/digest.ts';
import type { Digest, DigestEntry } from '../../shared/domain/notices.ts';

const entry = (n: number): DigestEntry => ({
  factId: `f-${n}`,
  handoffId: `h-${n}`,
  leadId: `l-${n}`,
  deadline: 'accept',
  dueAt: '2026-11-23T10:00:00.000Z',
});
const at = (seconds: number) => `2026-11-23T10:00:${String(seconds).padStart(2, '0')}.000Z`;

const add = (digest: Digest, n: number, afterMs: number, now: string, holder = 'rita') =>
  addToDigest(digest, { entry: entry(n), holder }, afterMs, now);

describe('a digest', () => {
  it('goes a while after its first entry, whatever follows', () => {
    const first = add(emptyDigest, 1, 30_000, at(0));
    const second = add(first, 2, 30_000, at(29));
    expect(second.dueAt).toBe(at(30));
    expect(sizeOf(dueOf(second, at(29)))).toBe(0);
    expect(dueOf(second, at(30)).entries).toEqual([entry(1), entry(2)]);
  });

  it('keeps what came while it was sent, due at once', () => {
    const sent = add(emptyDigest, 1, 30_000, at(0));
    const meanwhile = add(sent, 2, 30_000, at(31));
    const left = withoutTold(meanwhile, dueOf(sent, at(30)));
    expect(dueOf(left, at(31)).entries).toEqual([entry(2)]);
  });

  it('waits for nothing once all is told', () => {
    const sent = add(emptyDigest, 1, 30_000, at(0));
    expect(withoutTold(sent, dueOf(sent, at(30)))).toEqual({ entries: [], round: 1 });
  });

  it('is one mail however long it is: it lists 50, and counts the rest by holder', () => {
    const holders = ['rita', 'ron', 'ron'];
    const many = Array.from({ length: 500 }, (_, n) => n).reduce<Digest>(
      (all, n) => add(all, n, 0, at(0), holders[n % 3]),
      emptyDigest,
    );
    const told = dueOf(many, at(0));
    expect(told.entries).toHaveLength(50);
    expect(told.more).toEqual({ rita: 150, ron: 300 });
    expect(sizeOf(told)).toBe(500);
    expect(sizeOf(withoutTold(many, told))).toBe(0);
    // What is stored is rewritten with each breach.
    expect(JSON.stringify(many).length).toBeLessThan(8000);
  });

  it('takes out once what was told twice at the same time', () => {
    const full = Array.from({ length: 60 }, (_, n) => n).reduce<Digest>(
      (all, n) => add(all, n, 0, at(0)),
      emptyDigest,
    );
    const told = dueOf(full, at(0));
    const meanwhile = [60, 61, 62].reduce((all, n) => add(all, n, 0, at(1)), full);
    const once = withoutTold(meanwhile, told);
    expect(once.more).toEqual({ rita: 3 });
    expect(withoutTold(once, told)).toBe(once);
  });
});
