import {
  compareEntries,
  type EntryKey,
  RecentList,
  type TimelineEntry,
  withEntries,
} from '../../domain/timeline.ts';
import type { HeadLog } from '../../ports.ts';
import type { LeadHead } from './lead-items.ts';

/** So many of the newest stay in the head: copies of them are most likely still to come. */
const alwaysOpen = 2;

/** What a save writes: beside the head first, and then the head without it. */
export type NextHead = Readonly<{
  head: LeadHead;
  /** Empty: none. */
  chunk: readonly TimelineEntry[];
  markers: readonly TimelineEntry[];
}>;

/**
 * Freeze, copy, drop. A write that leaves the head too large marks its oldest engagements as frozen and raises the
 * watermark to the last of them; the next one copies exactly those into a chunk, and drops them. So a chunk says the same
 * whoever writes it, and however often. Engagements at or below the watermark that come later are never frozen, because
 * the chunk of their time may have been written: each leaves as a marker. Only what is in the head as it was read may
 * leave it: what this write brings is nowhere else before it is saved.
 */
export const nextHead = (
  log: HeadLog,
  { lead, fresh }: Pick<LeadHead, 'lead' | 'fresh'>,
  isFull: (head: LeadHead) => boolean,
): NextHead => {
  const { frozen, watermark } = log;
  const chunk = frozen.size === 0 ? nothing : log.recent.all().filter(({ id }) => frozen.has(id));
  const whole = { lead, log: without(log, frozen), fresh };
  if (!isFull(whole)) return { head: whole, chunk, markers: nothing };
  const late = whole.log.recent.keys().some((key) => !isAfter(key, watermark))
    ? whole.log.recent.all().filter((entry) => !isAfter(entry, watermark))
    : [];
  if (late.length === 0) return { head: freeze(whole), chunk, markers: late };
  const slim = { ...whole, log: without(whole.log, new Set(late.map(({ id }) => id))) };
  return { head: isFull(slim) ? freeze(slim) : slim, chunk, markers: late };
};

/** What is left when these are gone. */
const without = (log: HeadLog, ids: ReadonlySet<string>): HeadLog =>
  ids.size === 0
    ? log
    : {
        recent: new RecentList(log.recent.all().filter(({ id }) => !ids.has(id))),
        ...(log.watermark === undefined ? {} : { watermark: log.watermark }),
        frozen: none,
      };

const none: ReadonlySet<string> = new Set();
const nothing: readonly TimelineEntry[] = [];

const freeze = (head: LeadHead): LeadHead => {
  const all = withEntries<EntryKey>(head.log.recent.keys(), head.fresh);
  const open = all.filter((key) => isAfter(key, head.log.watermark));
  const oldest = open.slice(0, -alwaysOpen);
  const last = oldest.at(-1);
  if (last === undefined) return head;
  const frozen = new Set(oldest.map(({ id }) => id));
  return { ...head, log: { recent: head.log.recent, watermark: { at: last.at, id: last.id }, frozen } };
};

export const isAfter = (key: EntryKey, watermark: EntryKey | undefined): boolean =>
  watermark === undefined || compareEntries(key, watermark) > 0;
