import type { Lead } from '../../domain/lead.ts';
import { type EntryKey, type Span, type TimelineEntry, unitedTimeline } from '../../domain/timeline.ts';
import type { LeadItems } from './lead-items.ts';
import { ownKnown, ownTimeline } from './own-log.ts';

type Absorbed = NonNullable<Lead['absorbed']>;

/** Of the engagements that are not known yet those that an absorbed lead did. What happened after it ended is not asked. */
export const knownToAbsorbed = async (
  items: LeadItems,
  absorbed: Absorbed,
  keys: readonly EntryKey[],
  known: ReadonlySet<string>,
): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (const { id: leadId, until = -Infinity } of absorbed) {
    const open = keys.filter(({ id, at }) => at <= until && !known.has(id) && !found.has(id));
    if (open.length === 0) continue;
    for (const id of await ownKnown(items, leadId, await items.head(leadId), open)) found.add(id);
  }
  return found;
};

/** What absorbed leads did within the span, in order, each engagement once. */
export const absorbedTimeline = async (
  items: LeadItems,
  absorbed: Absorbed,
  span: Span,
): Promise<readonly TimelineEntry[]> => {
  let all: readonly TimelineEntry[] = [];
  for (const { id, until = -Infinity } of absorbed) {
    if (until < span.from) continue;
    all = unitedTimeline(all, await ownTimeline(items, id, await items.head(id), span));
  }
  return all;
};
