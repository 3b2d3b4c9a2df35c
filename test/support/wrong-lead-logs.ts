import { type EntryKey, RecentList, type TimelineEntry, withEntries } from '../../shared/domain/timeline.ts';
import type { LeadHead, LeadItems } from '../../shared/leads/log/lead-items.ts';
import { leadLog } from '../../shared/leads/log/lead-log.ts';
import { isAfter, type NextHead, nextHead } from '../../shared/leads/log/next-head.ts';
import type { LeadStore, LoadedLead } from '../../shared/ports.ts';
import { fullAt } from '../../shared/simulation/memory-lead-items.ts';
import type { MakeStore } from './lead-grounds.ts';

type Plan = (loaded: LoadedLead, head: LeadHead, isFull: boolean) => Partial<NextHead>;

/** A store that saves in a way of its own: what leaves the head comes `first`, or after it. */
const savingAs =
  (plan: Plan, asides: 'first' | 'last' = 'first'): MakeStore =>
  (items, most) => ({
    ...leadLog(items, fullAt(most)),
    async save(leadId, loaded, { state, facts, entries = [] }) {
      const right = nextHead(loaded.log, { lead: state, fresh: entries }, (head) => lengthOf(head) >= most);
      const isFull = lengthOf(right.head) >= most;
      const { head, chunk, markers } = { ...right, ...plan(loaded, right.head, isFull) };
      const putAside = async () => {
        if (chunk.length > 0) await items.putChunk(leadId, chunk);
        for (const marker of markers) await items.putMarker(leadId, marker);
      };
      if (asides === 'first') await putAside();
      const outcome = await items.putHead(leadId, loaded, { ...head, facts });
      if (asides === 'last' && outcome === 'saved') await putAside();
      return outcome;
    },
  });

const lengthOf = ({ log, fresh }: LeadHead): number => log.recent.length + fresh.length;
const allOf = ({ log, fresh }: LeadHead): readonly TimelineEntry[] => withEntries(log.recent.all(), fresh);

const keyOf = ({ at, id }: TimelineEntry): EntryKey => ({ at, id });

/** Moves the oldest at once, those of the batch in hand too. */
const spillAtOnce: Plan = ({ log: { watermark } }, head, isFull) => {
  const all = allOf(head);
  const open = all.filter((entry) => isAfter(entry, watermark));
  const chunk = isFull ? open.slice(0, -3) : [];
  const last = chunk.at(-1);
  const recent = new RecentList(all.filter((entry) => !chunk.includes(entry)));
  const kept = watermark === undefined ? {} : { watermark };
  const log = {
    recent,
    frozen: new Set<string>(),
    ...(last === undefined ? kept : { watermark: keyOf(last) }),
  };
  return { head: { lead: head.lead, log, fresh: [] }, ...(last === undefined ? {} : { chunk }) };
};

/** Those that came late go into the chunk of those that did not. */
const lateInChunks: Plan = (_, head) => {
  const { watermark, frozen } = head.log;
  if (frozen.size === 0) return {};
  const old = allOf(head).filter((entry) => !isAfter(entry, watermark));
  return { head: { ...head, log: { ...head.log, frozen: new Set(old.map(({ id }) => id)) } } };
};

const overItems =
  (change: (items: LeadItems) => LeadItems): MakeStore =>
  (items, most) =>
    leadLog(change(items), fullAt(most));

const overStore =
  (change: (store: LeadStore) => Partial<LeadStore>): MakeStore =>
  (items, most) => {
    const store = leadLog(items, fullAt(most));
    return { ...store, ...change(store) };
  };

/** A read of chunks may miss the one that was written last. */
const staleChunks = (items: LeadItems): LeadItems => {
  let newest: EntryKey | undefined;
  return {
    ...items,
    async putChunk(leadId, entries) {
      newest = entries.at(-1);
      await items.putChunk(leadId, entries);
    },
    async firstChunkFrom(leadId, key) {
      const chunk = await items.firstChunkFrom(leadId, key);
      const last = chunk?.at(-1);
      return last !== undefined && last.id === newest?.id ? undefined : chunk;
    },
  };
};

/** Stores of leads, each wrong in one way that was tempting. */
export const wrongLeadLogs: Readonly<Record<string, MakeStore>> = {
  'moves entries in the write that brings them': savingAs(spillAtOnce),
  'writes the head before what leaves it': savingAs(() => ({}), 'last'),
  'puts late entries into chunks': savingAs(lateInChunks),
  'never looks for markers': overItems((items) => ({ ...items, marker: async () => undefined })),
  'never looks into chunks': overItems((items) => ({ ...items, firstChunkFrom: async () => undefined })),
  'reads chunks that are not up to date': overItems(staleChunks),
  'compares with the watermark by time alone': overStore((store) => ({
    known: (leadId, loaded, keys) =>
      store.known(
        leadId,
        loaded.log.watermark === undefined
          ? loaded
          : {
              ...loaded,
              log: { ...loaded.log, watermark: { ...loaded.log.watermark, id: '0'.repeat(16) } },
            },
        keys,
      ),
  })),
  'believes an unknown one of a stale lead, and drops what conflicts': overStore((store) => ({
    async save(leadId, loaded, next) {
      await store.save(leadId, loaded, next);
      return 'saved';
    },
  })),
  'keeps only one of those that happened at once': overStore((store) => ({
    async known(leadId, loaded, keys) {
      const times = new Set(loaded.log.recent.all().map(({ at }) => at));
      const known = await store.known(leadId, loaded, keys);
      return new Set([...known, ...keys.filter(({ at }) => times.has(at)).map(({ id }) => id)]);
    },
  })),
  'loses the order': overItems((items) => ({
    ...items,
    putHead: (leadId, loaded, next) =>
      items.putHead(leadId, loaded, {
        ...next,
        log: { ...next.log, recent: new RecentList(allOf(next).toReversed()) },
        fresh: [],
      }),
  })),
};
