import type { Digest, DigestEntry } from './notices.ts';
import { type Instant, later } from './time.ts';

export const emptyDigest: Digest = { entries: [] };

/** One mail holds so many; the rest follows in the next one, a tick later. */
const perMail = 50;

/** One more breach. The first one sets when the mail goes; those that follow do not put it off. */
export const addToDigest = (digest: Digest, entry: DigestEntry, afterMs: number, now: Instant): Digest => ({
  entries: [...digest.entries, entry],
  dueAt: digest.dueAt ?? later(now, afterMs),
});

/** What is to be told now: nothing before its time. */
export const dueEntries = ({ entries, dueAt }: Digest, now: Instant): readonly DigestEntry[] =>
  dueAt === undefined || dueAt > now ? [] : entries.slice(0, perMail);

/** What is left after `told` were told. Entries that came meanwhile stay, and are due at once. */
export const withoutTold = ({ entries, dueAt }: Digest, told: readonly DigestEntry[]): Digest => {
  const ids = new Set(told.map(({ factId }) => factId));
  const left = entries.filter(({ factId }) => !ids.has(factId));
  return left.length === 0 ? emptyDigest : { entries: left, ...(dueAt === undefined ? {} : { dueAt }) };
};
