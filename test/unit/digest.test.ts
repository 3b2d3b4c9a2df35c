import { describe, expect, it } from 'vitest';
import { addToDigest, dueEntries, emptyDigest, withoutTold } from '../../shared/domain/digest.ts';
import type { DigestEntry } from '../../shared/domain/notices.ts';

const entry = (n: number): DigestEntry => ({
  factId: `f-${n}`,
  handoffId: `h-${n}`,
  leadId: `l-${n}`,
  deadline: 'accept',
  dueAt: '2026-11-23T10:00:00.000Z',
});
const at = (seconds: number) => `2026-11-23T10:00:${String(seconds).padStart(2, '0')}.000Z`;

describe('a digest', () => {
  it('goes a while after its first entry, whatever follows', () => {
    const first = addToDigest(emptyDigest, entry(1), 30_000, at(0));
    const second = addToDigest(first, entry(2), 30_000, at(29));
    expect(second.dueAt).toBe(at(30));
    expect(dueEntries(second, at(29))).toEqual([]);
    expect(dueEntries(second, at(30))).toEqual([entry(1), entry(2)]);
  });

  it('keeps what came while it was sent, due at once', () => {
    const sent = addToDigest(emptyDigest, entry(1), 30_000, at(0));
    const meanwhile = addToDigest(sent, entry(2), 30_000, at(31));
    const left = withoutTold(meanwhile, sent.entries);
    expect(dueEntries(left, at(31))).toEqual([entry(2)]);
  });

  it('waits for nothing once all is told', () => {
    const sent = addToDigest(emptyDigest, entry(1), 30_000, at(0));
    expect(withoutTold(sent, [entry(1)])).toEqual(emptyDigest);
  });

  it('splits what is too long for one mail', () => {
    const many = Array.from({ length: 51 }, (_, n) => entry(n));
    const digest = many.reduce((all, one) => addToDigest(all, one, 0, at(0)), emptyDigest);
    const first = dueEntries(digest, at(0));
    expect(first).toHaveLength(50);
    expect(dueEntries(withoutTold(digest, first), at(0))).toEqual([entry(50)]);
  });
});
