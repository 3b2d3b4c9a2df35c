import type { Tally } from '../../domain/fold/tally.ts';
import type { Lead } from '../../domain/lead.ts';
import type { Stage } from '../../domain/stage.ts';
import { type EntryKey, type TimelineEntry, withEntries } from '../../domain/timeline.ts';
import type { LeadHead } from '../../leads/log/lead-items.ts';
import type { HeadLog } from '../../ports.ts';
import { assetsCodec } from './assets.ts';
import { ByteReader, UnreadableBytesError } from './byte-reader.ts';
import { readFrozen, writeFrozen } from './frozen.ts';
import { StoredLog, writeLog } from './log.ts';
import { type Making, writer } from './making.ts';
import { readKey } from './names.ts';
import { StoredNumbered } from './numbered.ts';
import { readEarned, writeParts } from './parts.ts';
import { patternCodec } from './patterns.ts';
import { periodCodec } from './periods.ts';
import { readStanding } from './standing.ts';
import { StoredHeadLog } from './stored-head-log.ts';
import { readRestOfStory, restOfStory } from './story.ts';
import { readSums, writeSums } from './sums.ts';

/** The first byte. A release reads its own format and the one before. */
const format = 1;

/** About a day and a half: times that are further from their base take a byte more. */
const furthestBase = 2 ** 27;

/** A head without its verdicts. */
export type EncodedHead = Readonly<{
  stage: Stage;
  bytes: Uint8Array;
  /** JSON of what else happened to the lead. */
  rest?: string;
}>;

/** `before`: the log of the head that this one follows. What stays as it was is copied from there. */
export const encodeHead = ({ lead, log, fresh }: LeadHead, before?: HeadLog): EncodedHead => {
  const { ref, sums } = lead.tally;
  const stored = before instanceof StoredHeadLog ? before : undefined;
  const kept = stored?.recent === log.recent && stored.recent.isBefore(fresh) ? stored.recent : undefined;
  // What is copied keeps its base.
  const from =
    stored !== undefined && (kept !== undefined || Math.abs(ref - stored.reader.base) < furthestBase)
      ? stored
      : undefined;
  const base = from?.reader.base ?? ref;
  const entries = kept === undefined ? withEntries(log.recent.all(), fresh) : fresh;
  writer.restart();
  writer.byte(format);
  writer.signed(base);
  writer.whole(lead.count);
  writer.signed(ref - base);
  writeSums(writer, sums);
  const made: Making = { lead, log, base, kept, entries };
  writeParts(made, from);
  writeFrozen(made);
  if (kept === undefined) writeLog(writer, entries, base, ref);
  else kept.writeWith(writer, entries, ref);
  const bytes = writer.take();
  const rest = restOfStory(lead);
  return rest === undefined ? { stage: lead.stage, bytes } : { stage: lead.stage, bytes, rest };
};

const none: ReadonlySet<string> = new Set();

/** A head as it was read; what is known of its timeline is still in its bytes. */
export type DecodedHead = Readonly<{ lead: Lead; log: StoredHeadLog }>;

/** `stage`, `bytes` and `rest` of an {@link EncodedHead}. */
export const decodeHead = (stage: string, bytes: Uint8Array, rest?: string): DecodedHead => {
  const reader = opened(bytes);
  const base = reader.signed();
  reader.base = base;
  const count = reader.whole();
  const ref = base + reader.signed();
  const sums = readSums(reader);
  const periodsAt = reader.at;
  const periods = new StoredNumbered(reader, periodCodec);
  const assetsAt = reader.at;
  const assets = new StoredNumbered(reader, assetsCodec);
  const patternsAt = reader.at;
  const patterns = new StoredNumbered(reader, patternCodec);
  const standingAt = reader.at;
  const tally: { -readonly [K in keyof Tally]: Tally[K] } = { ref, sums, periods, assets, patterns };
  const lead = readStanding(reader, base, { stage, count, tally });
  if (rest !== undefined) Object.assign(lead, readRestOfStory(rest));
  const watermarkAt = reader.at;
  const watermark = readKey(reader, base);
  const earnedAt = reader.at;
  const earned = readEarned(reader, base);
  const places = [periodsAt, assetsAt, patternsAt, standingAt, watermarkAt, earnedAt, reader.at];
  const frozenAt = readFrozen(reader);
  const recent = new StoredLog(reader, ref);
  if (earned !== undefined) tally.earned = { id: earned.id ?? recent.nameAt(earned.place), at: earned.at };
  const frozen = frozenAt === undefined ? none : namesAt(frozenAt, recent.keys());
  return { lead, log: new StoredHeadLog(reader, lead, places, recent, watermark, frozen) };
};

const namesAt = (places: readonly number[], keys: readonly EntryKey[]): ReadonlySet<string> =>
  new Set(
    places.map((place) => {
      const key = keys[place];
      if (key === undefined) throw new UnreadableBytesError(`it has no engagement ${place}`);
      return key.id;
    }),
  );

/** The entries of a chunk or a marker, in order. */
export const encodeEntries = (entries: readonly TimelineEntry[]): Uint8Array => {
  writer.restart();
  writer.byte(format);
  writeLog(writer, entries, 0, 0);
  return writer.take();
};

export const decodeEntries = (bytes: Uint8Array): readonly TimelineEntry[] =>
  new StoredLog(opened(bytes), 0).all();

const opened = (bytes: Uint8Array): ByteReader => {
  const reader = new ByteReader(bytes);
  const stored = reader.byte();
  if (stored !== format) throw new UnreadableBytesError(`it is of format ${stored}`);
  return reader;
};
