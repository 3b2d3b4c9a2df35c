import { NumberedList } from '../domain/fold/by-number.ts';
import type { Tally } from '../domain/fold/tally.ts';
import type { Lead } from '../domain/lead.ts';
import {
  compareEntries,
  type EntryKey,
  RecentList,
  type TimelineEntry,
  withEntries,
} from '../domain/timeline.ts';
import type { HeadToPut, IsFull, LeadItems } from '../leads/log/lead-items.ts';
import { nobody } from '../leads/log/nobody.ts';
import type { Change, LoadedLead } from '../ports.ts';
import { type MemoryTable, memoryAggregates } from './memory-aggregates.ts';

/** A lead as the table shows it: with the end of its timeline, and plain lists. */
type Head = Omit<Lead, 'tally'> &
  Readonly<{
    tally: ReturnType<typeof plainLists>;
    recent: readonly TimelineEntry[];
    watermark?: EntryKey;
    frozen?: readonly string[];
  }>;
/** What left the head, each list in order. */
type Moved = Readonly<{
  chunks: readonly (readonly TimelineEntry[])[];
  markers: readonly TimelineEntry[];
}>;
type States = { lead: Head; 'lead-moved': Moved };

/** Small, so that simulated leads have a log. */
export const fullAt =
  (entries: number): IsFull =>
  (_, __, { log, fresh }) =>
    log.recent.length + fresh.length >= entries;

/** The items of leads in a table in memory: the head is of kind `lead`, all that left it is one item. */
export const memoryLeadItems = (table: MemoryTable): LeadItems => {
  const aggregates = memoryAggregates<States>(table);
  const movedOf = async (leadId: string): Promise<Moved> =>
    (await aggregates.load('lead-moved', leadId)).state ?? { chunks: [], markers: [] };
  const put = (leadId: string, change: (moved: Moved) => Moved): void => {
    const item = table.items.find('lead-moved', leadId);
    // Its kind has this state.
    const moved = (item?.state as Moved | undefined) ?? { chunks: [], markers: [] };
    const version = (item?.version ?? 0) + 1;
    table.items.put({ kind: 'lead-moved', id: leadId, version, state: change(moved), facts: [] });
  };
  return {
    async head(leadId) {
      const { state, version } = await aggregates.load('lead', leadId);
      if (state === undefined) return nobody;
      const { recent, watermark, frozen, tally, ...lead } = state;
      const dueAt = table.items.find('lead', leadId)?.dueAt;
      return {
        state: { ...lead, tally: tallyOf(tally) },
        version,
        log: {
          recent: new RecentList(recent),
          ...(watermark === undefined ? {} : { watermark }),
          frozen: new Set(frozen),
        },
        ...(dueAt === undefined ? {} : { dueAt }),
      };
    },
    firstChunkFrom: async (leadId, key) =>
      (await movedOf(leadId)).chunks.find((chunk) => compareEntries(lastOf(chunk), key) >= 0),
    marker: async (leadId, key) =>
      (await movedOf(leadId)).markers.find((entry) => compareEntries(entry, key) === 0),
    async between(leadId, from, until) {
      const isWithin = (key: EntryKey) => compareEntries(key, from) >= 0 && compareEntries(key, until) <= 0;
      const { chunks, markers } = await movedOf(leadId);
      return [...chunks.filter((chunk) => isWithin(lastOf(chunk))).flat(), ...markers.filter(isWithin)];
    },
    async putChunk(leadId, entries) {
      put(leadId, ({ chunks, markers }) => ({ chunks: withItem(chunks, entries, lastOf), markers }));
    },
    async putMarker(leadId, entry) {
      put(leadId, ({ chunks, markers }) => ({ chunks, markers: withItem(markers, entry, (key) => key) }));
    },
    putHead: (leadId, loaded, next) => aggregates.commit([headChange(leadId, loaded, next)]),
    putHeads: (heads) =>
      aggregates.commit(heads.map(({ leadId, loaded, next }) => headChange(leadId, loaded, next))),
    pause: aggregates.pause,
  };
};

const headChange = (
  id: string,
  { version }: LoadedLead,
  { lead, log: { recent, watermark, frozen }, fresh, facts, dueAt }: HeadToPut,
): Change<'lead', Head> => {
  const state: Head = {
    ...lead,
    tally: plainLists(lead.tally),
    recent: withEntries(recent.all(), fresh),
    ...(watermark === undefined ? {} : { watermark, frozen: [...frozen] }),
  };
  return { kind: 'lead', id, version, state, facts, ...(dueAt === undefined ? {} : { dueAt }) };
};

const plainLists = (tally: Tally) => ({
  ...tally,
  periods: tally.periods.all,
  assets: tally.assets.all,
  patterns: tally.patterns.all,
});

const tallyOf = (tally: Head['tally']): Tally => ({
  ...tally,
  periods: new NumberedList(tally.periods),
  assets: new NumberedList(tally.assets),
  patterns: new NumberedList(tally.patterns),
});

const lastOf = (chunk: readonly TimelineEntry[]): EntryKey => {
  const last = chunk.at(-1);
  if (last === undefined) throw new RangeError('an empty chunk');
  return last;
};

/** In its place by key; what is there already is replaced. */
const withItem = <T>(items: readonly T[], item: T, keyOf: (item: T) => EntryKey): readonly T[] =>
  [...items.filter((other) => compareEntries(keyOf(other), keyOf(item)) !== 0), item].sort((a, b) =>
    compareEntries(keyOf(a), keyOf(b)),
  );
