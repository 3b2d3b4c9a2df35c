import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Lead } from '../domain/lead.ts';
import type { Instant } from '../domain/time.ts';
import type { EntryKey, TimelineEntry } from '../domain/timeline.ts';
import { type Verdict, verdictSchema } from '../domain/verdict.ts';
import type { HeadToPut, LeadHead } from '../leads/log/lead-items.ts';
import { nobody } from '../leads/log/nobody.ts';
import type { Loaded, LoadedLead } from '../ports.ts';
import { dueShard, dueShards, heldShard, waitingShard } from './due-shards.ts';
import {
  type DecodedHead,
  decodeEntries,
  decodeHead,
  type EncodedHead,
  encodeEntries,
  encodeHead,
} from './lead-codec/head.ts';
import { outboxText } from './outbox.ts';

export type Item = Record<string, AttributeValue>;

export const partitionOf = (leadId: string): string => `lead#${leadId}`;

/** Sort keys: the head, the verdicts, and what left the head by the time and name of its last engagement. */
export const headKey = '0';
export const verdictKey = 'V';
export const chunkKey = (key: EntryKey): string => `C#${keyText(key)}`;
export const markerKey = (key: EntryKey): string => `M#${keyText(key)}`;
/** After all chunks. */
export const lastChunkKey = 'C#~';

/** From here to beyond the year 3000; shifted, so that the years before 1970 come first. */
const epochShift = 66_000_000_000_000;
const keyText = ({ at, id }: EntryKey): string =>
  Math.min(Math.max(at + epochShift, 0), 36 ** 9 - 1)
    .toString(36)
    .padStart(9, '0') + id;

/** What its head takes of the table without facts, which are there for one write. As DynamoDB counts. */
export const headBytes = (
  leadId: string,
  loaded: LoadedLead,
  head: LeadHead & Readonly<{ dueAt?: Instant }>,
): number => {
  const { stage, bytes, rest } = encoded(loaded, head);
  return (
    plainBytes +
    leadId.length +
    stage.length +
    bytes.length +
    (rest === undefined ? 0 : 1 + Buffer.byteLength(rest)) +
    (hasVerdicts(head.lead) ? judgedBytes : 0) +
    (head.dueAt === undefined && head.lead.wouldBeMql === undefined ? 0 : indexBytes)
  );
};
/** `pk`, `lead#`, `sk`, `0`, `v` with seven digits, `st`, `b`. */
const plainBytes = 2 + 5 + 2 + 1 + 6 + 2 + 1;
const judgedBytes = 6;
/** `due`, `would-be-mql#0`, `dueAt`, an instant. */
const indexBytes = 3 + 14 + 5 + 24;

export const headItem = (leadId: string, loaded: LoadedLead, next: HeadToPut): Item => {
  const version = String(loaded.version + 1);
  const { stage, bytes, rest } = encoded(loaded, next);
  const item: Item = {
    pk: { S: partitionOf(leadId) },
    sk: { S: headKey },
    v: { N: version },
    st: { S: stage },
    b: { B: bytes },
  };
  if (rest !== undefined) item.x = { S: rest };
  if (hasVerdicts(next.lead))
    item.j = { N: isJudgedAnew(loaded, next.lead) ? version : String(loaded.judgedAt) };
  if (next.facts.length > 0) item.facts = { S: outboxText(next.facts) };
  const { wouldBeMql } = next.lead;
  return next.dueAt === undefined && wouldBeMql === undefined
    ? item
    : { ...item, ...indexKeys(leadId, next.lead, next.dueAt) };
};

/** What was measured is mostly what is written, and at once. (A map with weak keys would cost more than it saves.) */
let latest: Readonly<LeadHead & { encoding: EncodedHead }> | undefined;

const encoded = ({ log: before }: LoadedLead, head: LeadHead): EncodedHead => {
  if (
    latest === undefined ||
    latest.lead !== head.lead ||
    latest.log !== head.log ||
    latest.fresh !== head.fresh
  )
    latest = { lead: head.lead, log: head.log, fresh: head.fresh, encoding: encodeHead(head, before) };
  return latest.encoding;
};

export const loadedHead = (item: Item | undefined): LoadedLead => {
  if (item === undefined) return nobody;
  const { lead, log } = headOf(item);
  const loaded: { -readonly [K in keyof LoadedLead]: LoadedLead[K] } & Loaded<Lead> = {
    state: lead,
    version: Number(item.v?.N),
    log,
  };
  const due = item.due?.S;
  if (item.j?.N !== undefined) loaded.judgedAt = Number(item.j.N);
  if (due !== undefined && dueShards.includes(due)) loaded.dueAt = item.dueAt?.S ?? '';
  return loaded;
};

/** A head as it is stored, without its verdicts. */
export const headOf = ({ st, b, x }: Item): DecodedHead =>
  decodeHead(st?.S ?? '', b?.B ?? new Uint8Array(), x?.S);

/** Where the index of due items has the lead. What is due comes first: it waits for a person when nothing is. */
const indexKeys = (leadId: string, { wouldBeMql }: Lead, dueAt: Instant | undefined): Item => {
  if (dueAt !== undefined) return { due: { S: dueShard(leadId) }, dueAt: { S: dueAt } };
  if (wouldBeMql === undefined) return {};
  const shard = wouldBeMql.held === undefined ? waitingShard(leadId) : heldShard(leadId);
  return { due: { S: shard }, dueAt: { S: wouldBeMql.since } };
};

const hasVerdicts = ({ verdicts = [] }: Lead): boolean => verdicts.length > 0;
const isJudgedAnew = ({ state, judgedAt }: LoadedLead, { verdicts }: Lead): boolean =>
  judgedAt === undefined ||
  (verdicts !== state?.verdicts && JSON.stringify(verdicts) !== JSON.stringify(state?.verdicts));

/** What is to be written together with the head; undefined: the verdicts are as they were, or there are none. */
export const verdictItem = (leadId: string, loaded: LoadedLead, lead: Lead): Item | undefined =>
  hasVerdicts(lead) && isJudgedAnew(loaded, lead)
    ? {
        pk: { S: partitionOf(leadId) },
        sk: { S: verdictKey },
        v: { N: String(loaded.version + 1) },
        verdicts: { S: JSON.stringify(lead.verdicts) },
      }
    : undefined;

export const verdictsOf = (item: Item | undefined): Readonly<{ version: number; verdicts: Verdict[] }> => ({
  version: Number(item?.v?.N ?? 0),
  verdicts: v.parse(v.array(verdictSchema()), JSON.parse(item?.verdicts?.S ?? '[]')),
});

export const chunkItem = (leadId: string, entries: readonly TimelineEntry[]): Item => {
  const last = entries.at(-1);
  if (last === undefined) throw new RangeError('a chunk without engagements');
  return entriesItem(leadId, chunkKey(last), entries);
};
export const markerItem = (leadId: string, entry: TimelineEntry): Item =>
  entriesItem(leadId, markerKey(entry), [entry]);

const entriesItem = (leadId: string, sk: string, entries: readonly TimelineEntry[]): Item => ({
  pk: { S: partitionOf(leadId) },
  sk: { S: sk },
  b: { B: encodeEntries(entries) },
});
export const entriesOf = (item: Item): readonly TimelineEntry[] =>
  decodeEntries(item.b?.B ?? new Uint8Array());
