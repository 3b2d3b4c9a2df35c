import { compareEntries, type EntryKey, type Span, type TimelineEntry } from '../../domain/timeline.ts';
import type { LoadedLead } from '../../ports.ts';
import type { LeadItems } from './lead-items.ts';
import { isAfter } from './next-head.ts';

/** Which of the engagements are kept under the lead's own name. */
export const ownKnown = async (
  items: LeadItems,
  leadId: string,
  { log: { recent, watermark } }: LoadedLead,
  keys: readonly EntryKey[],
): Promise<ReadonlySet<string>> => {
  const known = new Set(keys.flatMap(({ id }) => (recent.has(id) ? [id] : [])));
  const old = keys.filter((key) => !recent.has(key.id) && !isAfter(key, watermark));
  if (old.length === 0) return known;
  for (const { id } of await movedAway(items, leadId, old)) known.add(id);
  return known;
};

/** What is kept under the lead's own name within the span, in order. */
export const ownTimeline = async (
  items: LeadItems,
  leadId: string,
  { log: { recent: end, watermark } }: LoadedLead,
  { from, until }: Span,
): Promise<readonly TimelineEntry[]> => {
  const recent = end.all().filter(({ at }) => at >= from && at <= until);
  if (watermark === undefined || from > watermark.at) return recent;
  const aside = await movedWithin(items, leadId, from, until, watermark);
  const entries = new Map([...aside, ...recent].map((entry) => [entry.id, entry]));
  return [...entries.values()].filter(({ at }) => at >= from && at <= until).sort(compareEntries);
};

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
