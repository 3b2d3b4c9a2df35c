import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { type Lead, leadSchema, type TimelineEntry, timelineEntriesSchema } from '../domain/lead.ts';
import { unseen, withEntries } from '../domain/timeline.ts';
import type { LeadStore, LoadedLead } from '../ports.ts';
import { dueShard, dueShards, waitingShard } from './due-shards.ts';
import { outboxText } from './outbox.ts';

export type Item = Record<string, AttributeValue>;
type NextLead = Parameters<LeadStore['save']>[2];

const format = 1;
/** Sort key of a lead's own item, the head; its chunks come after it. */
const headKey = '0';
/** Bytes of timeline that the head may hold; above, the oldest half moves into a chunk. */
const largestTimeline = 3000;

/** Lost between two reads: the head counts engagements that the query did not return. */
export class IncompleteLeadError extends Error {
  override readonly name = 'IncompleteLeadError';
}

/** Joins the items of a lead's partition. Undefined: they were read while somebody moved engagements; read again. */
export const leadOf = (items: readonly Item[]): LoadedLead | undefined => {
  const read = items.map((item) => unmarshall(item));
  const head = read.find(({ sk }) => sk === headKey);
  if (head === undefined) return { state: undefined, version: 0, archived: new Set() };
  const chunks = read
    .filter(({ sk }) => sk !== headKey)
    .flatMap(({ entries }) => v.parse(timelineEntriesSchema, entries));
  const archived = new Set(chunks.map(({ id }) => id));
  if (archived.size < Number(head.archived)) return undefined;
  const lead = v.parse(leadSchema, head.state);
  const timeline = withEntries(chunks, unseen(chunks, lead.timeline));
  return {
    state: { ...lead, timeline },
    version: Number(head.v),
    archived,
    ...(dueShards.includes(head.due) ? { dueAt: String(head.dueAt) } : {}),
  };
};

/**
 * The items that save a lead: its head, and a chunk if the head would grow too large. Chunks are never written again.
 * The head counts what is in chunks, so that a read which misses one is noticed.
 */
export const itemsOf = (
  leadId: string,
  { version, archived }: LoadedLead,
  { state, facts, dueAt }: NextLead,
): Readonly<{ head: Item; chunk?: Item }> => {
  const pk = `lead#${leadId}`;
  const [moved, kept] = split(state.timeline.filter(({ id }) => !archived.has(id)));
  const head = {
    pk,
    sk: headKey,
    format,
    v: version + 1,
    state: { ...state, timeline: [...kept] } satisfies Lead,
    archived: archived.size + moved.length,
    ...(facts.length === 0 ? {} : { facts: outboxText(facts) }),
    ...indexKeys(leadId, state, dueAt),
  };
  const chunk = { pk, sk: chunkKey(version + 1), format, entries: moved };
  return { head: toItem(head), ...(moved.length === 0 ? {} : { chunk: toItem(chunk) }) };
};

/** Where the index of due items has the lead. What is due comes first: it waits for a person when nothing is. */
const indexKeys = (leadId: string, { wouldBeMql }: Lead, dueAt: string | undefined) => {
  if (dueAt !== undefined) return { due: dueShard(leadId), dueAt };
  return wouldBeMql === undefined ? {} : { due: waitingShard(leadId), dueAt: wouldBeMql.since };
};

/** One for each version of the head that moved some away. */
const chunkKey = (version: number): string => `C#${String(version).padStart(12, '0')}`;

const toItem = (item: Readonly<Record<string, unknown>>): Item =>
  marshall(item, { removeUndefinedValues: true });

/** The oldest that have to leave, and those that stay. */
const split = (
  entries: readonly TimelineEntry[],
): readonly [moved: readonly TimelineEntry[], kept: readonly TimelineEntry[]] => {
  const sizes = entries.map((entry) => Buffer.byteLength(JSON.stringify(entry)));
  let size = sizes.reduce((sum, next) => sum + next, 0);
  if (size <= largestTimeline) return [[], entries];
  let count = 0;
  while (count < sizes.length && size > largestTimeline / 2) size -= sizes[count++] ?? 0;
  return [entries.slice(0, count), entries.slice(count)];
};
