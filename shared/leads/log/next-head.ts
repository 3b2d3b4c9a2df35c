import type { Lead } from '../../domain/lead.ts';
import { compareEntries, type EntryKey, type TimelineEntry } from '../../domain/timeline.ts';
import type { LoadedLead } from '../../ports.ts';
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
export const nextHead = (loaded: LoadedLead, state: Lead, isFull: (head: LeadHead) => boolean): NextHead => {
  const { watermark, leaving } = loaded;
  const asRead = loaded.state?.recent ?? [];
  const chunk = leaving.size === 0 ? [] : asRead.filter(({ id }) => leaving.has(id));
  const whole = without(state, leaving, watermark);
  if (!isFull(whole)) return { head: whole, chunk, markers: [] };
  const late = asRead.filter((entry) => !leaving.has(entry.id) && !isAfter(entry, watermark));
  if (late.length === 0) return { head: freeze(whole), chunk, markers: late };
  const slim = without(whole.lead, new Set(late.map(({ id }) => id)), watermark);
  return { head: isFull(slim) ? freeze(slim) : slim, chunk, markers: late };
};

const without = (lead: Lead, ids: ReadonlySet<string>, watermark: EntryKey | undefined): LeadHead => ({
  lead: ids.size === 0 ? lead : { ...lead, recent: lead.recent.filter(({ id }) => !ids.has(id)) },
  ...(watermark === undefined ? {} : { watermark }),
  frozen: none,
});

const none: ReadonlySet<string> = new Set();

const freeze = (head: LeadHead): LeadHead => {
  const open = head.lead.recent.filter((entry) => isAfter(entry, head.watermark));
  const oldest = open.slice(0, -alwaysOpen);
  const last = oldest.at(-1);
  if (last === undefined) return head;
  return {
    lead: head.lead,
    watermark: { at: last.at, id: last.id },
    frozen: new Set(oldest.map(({ id }) => id)),
  };
};

export const isAfter = (key: EntryKey, watermark: EntryKey | undefined): boolean =>
  watermark === undefined || compareEntries(key, watermark) > 0;
