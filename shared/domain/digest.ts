import type { Digest, DigestEntry } from './notices.ts';
import { type Instant, later } from './time.ts';

export const emptyDigest: Digest = { entries: [] };

/** So many are told one by one, in a mail that no reader cuts off; of the rest it says with whom they are. */
const mostEntries = 50;

/** What waits to be told, as it was read. */
export type Waiting = Omit<Digest, 'dueAt'>;

/** One more breach. The first one sets when the mail goes; those that follow do not put it off. */
export const addToDigest = (
  digest: Digest,
  { entry, holder }: Readonly<{ entry: DigestEntry; holder: string }>,
  afterMs: number,
  now: Instant,
): Digest => {
  const { entries, more = {} } = digest;
  const dueAt = digest.dueAt ?? later(now, afterMs);
  return entries.length < mostEntries
    ? { ...digest, entries: [...entries, entry], dueAt }
    : { ...digest, more: { ...more, [holder]: (more[holder] ?? 0) + 1 }, dueAt };
};

/** What is to be told now: nothing before its time. */
export const dueOf = ({ dueAt, ...waiting }: Digest, now: Instant): Waiting =>
  dueAt === undefined || dueAt > now ? emptyDigest : waiting;

export const sizeOf = ({ entries, more = {} }: Waiting): number =>
  Object.values(more).reduce((sum, count) => sum + count, entries.length);

/**
 * What is left after `told` was told: what came meanwhile, due at once. Where two have told the same at the same time, only
 * the first takes it out.
 */
export const withoutTold = (digest: Digest, told: Waiting): Digest => {
  if (digest.round !== told.round) return digest;
  const ids = new Set(told.entries.map(({ factId }) => factId));
  const entries = digest.entries.filter(({ factId }) => !ids.has(factId));
  const more = Object.entries(digest.more ?? {}).flatMap(([holder, count]) => {
    const left = count - (told.more?.[holder] ?? 0);
    return left > 0 ? [[holder, left] as const] : [];
  });
  const left = { entries, ...(more.length === 0 ? {} : { more: Object.fromEntries(more) }) };
  const round = (digest.round ?? 0) + 1;
  return { ...left, round, ...(sizeOf(left) === 0 || !digest.dueAt ? {} : { dueAt: digest.dueAt }) };
};
