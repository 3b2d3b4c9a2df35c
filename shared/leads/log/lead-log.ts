import { compareEntries, type EntryKey, type TimelineEntry } from '../../domain/timeline.ts';
import type { LeadStore } from '../../ports.ts';
import type { IsFull, LeadItems } from './lead-items.ts';
import { isAfter, nextHead } from './next-head.ts';

/**
 * Leads over their items. A lead changes when its head does. What leaves the head is written before, where a second
 * writer, or the same one after a stop, writes the same.
 */
export const leadLog = (items: LeadItems, isFull: IsFull): LeadStore => ({
  load: items.head,
  async known(leadId, { state, watermark }, keys) {
    const recent = new Set(state?.recent.map(({ id }) => id));
    const known = new Set(keys.flatMap(({ id }) => (recent.has(id) ? [id] : [])));
    const old = keys.filter((key) => !recent.has(key.id) && !isAfter(key, watermark));
    if (old.length === 0) return known;
    for (const { id } of await movedAway(items, leadId, old)) known.add(id);
    return known;
  },
  async timeline(leadId, { state, watermark }, { from, until }) {
    const recent = (state?.recent ?? []).filter(({ at }) => at >= from && at <= until);
    if (watermark === undefined || from > watermark.at) return recent;
    const aside = await movedWithin(items, leadId, from, until, watermark);
    const entries = new Map([...aside, ...recent].map((entry) => [entry.id, entry]));
    return [...entries.values()].filter(({ at }) => at >= from && at <= until).sort(compareEntries);
  },
  async save(leadId, loaded, { state, facts, dueAt }) {
    const fresh = state.recent.length - (loaded.state?.recent.length ?? 0);
    const due = dueAt === undefined ? {} : { dueAt };
    const { head, chunk, markers } = nextHead(loaded, state, (next) =>
      isFull(leadId, { ...next, ...due }, fresh),
    );
    await Promise.all([
      ...(chunk.length === 0 ? [] : [items.putChunk(leadId, chunk)]),
      ...markers.map((entry) => items.putMarker(leadId, entry)),
    ]);
    return items.putHead(leadId, loaded, { ...head, ...due, facts });
  },
  pause: items.pause,
});

/** Those of the engagements that are in chunks or markers. */
const movedAway = async (
  items: LeadItems,
  leadId: string,
  keys: readonly EntryKey[],
): Promise<readonly EntryKey[]> => {
  const found: EntryKey[] = [];
  const missing: EntryKey[] = [];
  let chunk: readonly TimelineEntry[] | undefined;
  let isLast = false;
  for (const key of [...keys].sort(compareEntries)) {
    const last = chunk?.at(-1);
    if (!isLast && (last === undefined || compareEntries(last, key) < 0)) {
      chunk = await items.firstChunkFrom(leadId, key);
      isLast = chunk === undefined;
    }
    (chunk?.some((entry) => isSame(entry, key)) ? found : missing).push(key);
  }
  const markers = await Promise.all(missing.map((key) => items.marker(leadId, key)));
  return [...found, ...missing.filter((_, i) => markers[i] !== undefined)];
};

const isSame = (a: EntryKey, b: EntryKey): boolean => a.id === b.id && a.at === b.at;

/** What is in chunks and markers that may lie within the span, up to the watermark: it may hold some that does not. */
const movedWithin = async (
  items: LeadItems,
  leadId: string,
  from: number,
  until: number,
  watermark: EntryKey,
): Promise<readonly TimelineEntry[]> => {
  const first = { at: from, id: lowestId };
  const end = { at: until, id: highestId };
  if (isAfter(end, watermark)) return items.between(leadId, first, watermark);
  // The last of these ends at or after the span.
  const [inside, across = []] = await Promise.all([
    items.between(leadId, first, end),
    items.firstChunkFrom(leadId, end),
  ]);
  return [...inside, ...across];
};

const lowestId = '0'.repeat(16);
const highestId = 'f'.repeat(16);
