import { unitedTimeline, wholeSpan } from '../../domain/timeline.ts';
import type { LeadPairStore, LoadedLead, NextLead } from '../../ports.ts';
import { absorbedTimeline, knownToAbsorbed } from './absorbed-log.ts';
import type { IsFull, LeadItems } from './lead-items.ts';
import { nextHead } from './next-head.ts';
import { ownKnown, ownTimeline } from './own-log.ts';

/**
 * Leads over their items. A lead changes when its head does. What leaves the head is written before, where a second
 * writer, or the same one after a stop, writes the same. A lead that absorbed others is asked together with them.
 */
export const leadLog = (items: LeadItems, isFull: IsFull): LeadPairStore => {
  /** Writes what leaves the head, and says what is left of it. */
  const putAside = async (
    leadId: string,
    loaded: LoadedLead,
    { state, facts, entries = [], dueAt }: NextLead,
  ) => {
    const due = dueAt === undefined ? {} : { dueAt };
    const { head, chunk, markers } = nextHead(loaded.log, { lead: state, fresh: entries }, (next) =>
      isFull(leadId, loaded, { ...next, ...due }),
    );
    await Promise.all([
      ...(chunk.length === 0 ? [] : [items.putChunk(leadId, chunk)]),
      ...markers.map((entry) => items.putMarker(leadId, entry)),
    ]);
    return { ...head, ...due, facts };
  };
  return {
    load: items.head,
    async known(leadId, loaded, keys) {
      const known = await ownKnown(items, leadId, loaded, keys);
      if (loaded.state?.absorbed === undefined) return known;
      return new Set([...known, ...(await knownToAbsorbed(items, loaded.state.absorbed, keys, known))]);
    },
    async timeline(leadId, loaded, span) {
      const { absorbed, hasUnanchored } = loaded.state ?? {};
      if (absorbed === undefined) return ownTimeline(items, leadId, loaded, span);
      // One engagement may have had a first receipt under each name: only all of it says which was the earlier one.
      const read = hasUnanchored === true ? wholeSpan : span;
      const all = unitedTimeline(
        await ownTimeline(items, leadId, loaded, read),
        await absorbedTimeline(items, absorbed, read),
      );
      return read === span ? all : all.filter(({ at }) => at >= span.from && at <= span.until);
    },
    async save(leadId, loaded, next) {
      return items.putHead(leadId, loaded, await putAside(leadId, loaded, next));
    },
    async saveBoth(pair) {
      const heads = [];
      for (const { leadId, loaded, next } of pair)
        heads.push({ leadId, loaded, next: await putAside(leadId, loaded, next) });
      return items.putHeads(heads);
    },
    pause: items.pause,
  };
};
