import type { Lead } from '../../domain/lead.ts';
import { type Stage, stages } from '../../domain/stage.ts';
import { epochOf, instantOf } from '../../domain/time.ts';
import type { EntryKey, TimelineEntry } from '../../domain/timeline.ts';
import type { LeadHead } from '../../leads/log/lead-items.ts';
import { ByteReader, UnreadableBytesError } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { readEntries, writeEntries } from './entries.ts';
import { readRestOfStory, restOfStory } from './story.ts';
import { readTally, writeTally } from './tally.ts';
import { OwnWords, readOwnWords } from './words.ts';

/** The first byte. A release reads its own format and the one before. */
const format = 1;

/** A head without its verdicts. */
export type EncodedHead = Readonly<{
  stage: Stage;
  bytes: Uint8Array;
  /** JSON of what else happened to the lead. */
  rest?: string;
}>;

// Encoding never waits, so one of each is enough.
const whole = new ByteWriter();
const body = new ByteWriter();

export const encodeHead = ({ lead, watermark, frozen }: LeadHead): EncodedHead => {
  const { tally, recent, policy } = lead;
  const words = new OwnWords();
  body.restart();
  body.whole(lead.count);
  body.whole(words.placeOf(lead.furthest));
  writeTally(body, tally, recent);
  body.signed(tally.ref - epochOf(lead.stageAt));
  body.whole(policy.sequence);
  writeName(body, policy.hash);
  writeName(body, policy.scoring);
  body.whole(lead.profileChanges.length);
  for (const name of lead.profileChanges) writeName(body, name);
  writeKey(body, watermark, tally.ref);
  writeEntries(body, words, recent, frozen, tally.ref);
  const bytes = withWords(words);
  const rest = restOfStory(lead);
  return { stage: lead.stage, bytes, ...(rest === undefined ? {} : { rest }) };
};

export const decodeHead = ({
  stage,
  bytes,
  rest,
}: Readonly<Omit<EncodedHead, 'stage'> & { stage: string }>): LeadHead => {
  const { reader, word } = opened(bytes);
  const count = reader.whole();
  const furthest = stageOf(word(reader.whole()));
  const read = readTally(reader);
  const stageAt = instantOf(read.ref - reader.signed());
  const sequence = reader.whole();
  const policy = { hash: readName(reader), sequence, scoring: readName(reader) };
  const profileChanges: string[] = [];
  for (let left = reader.whole(); left > 0; left--) profileChanges.push(readName(reader));
  const watermark = readKey(reader, read.ref);
  const frozen = new Set<string>();
  const recent = readEntries(reader, word, frozen, read.ref);
  const lead: Lead = {
    stage: stageOf(stage),
    stageAt,
    furthest,
    ...readRestOfStory(rest),
    count,
    recent,
    tally: read.tally(recent),
    profileChanges,
    policy,
  };
  return watermark === undefined ? { lead, frozen } : { lead, watermark, frozen };
};

/** The entries of a chunk or a marker, in order. */
export const encodeEntries = (entries: readonly TimelineEntry[]): Uint8Array => {
  const words = new OwnWords();
  body.restart();
  writeEntries(body, words, entries, undefined, 0);
  return withWords(words);
};

export const decodeEntries = (bytes: Uint8Array): readonly TimelineEntry[] => {
  const { reader, word } = opened(bytes);
  return readEntries(reader, word, new Set(), 0);
};

const withWords = (words: OwnWords): Uint8Array => {
  whole.restart();
  whole.byte(format);
  words.write(whole);
  whole.append(body);
  return whole.taken();
};

const opened = (bytes: Uint8Array) => {
  const reader = new ByteReader(bytes);
  const stored = reader.byte();
  if (stored !== format) throw new UnreadableBytesError(`it is of format ${stored}`);
  return { reader, word: readOwnWords(reader) };
};

const stageOf = (text: string): Stage => {
  const stage = stages.find((each) => each === text);
  if (stage === undefined) throw new UnreadableBytesError(`there is no stage ${text}`);
  return stage;
};

const isHex = (text: string): boolean => text.length % 2 === 0 && /^[0-9a-f]+$/.test(text);

/** Hexadecimal ones take half their length: that is what the first byte counts, others begin with 0. */
const writeName = (writer: ByteWriter, name: string): void => {
  if (isHex(name)) {
    writer.whole(name.length / 2);
    writer.hex(name);
  } else {
    writer.whole(0);
    writer.text(name);
  }
};

const readName = (reader: ByteReader): string => {
  const bytes = reader.whole();
  return bytes === 0 ? reader.text() : reader.hex(bytes);
};

const writeKey = (writer: ByteWriter, key: EntryKey | undefined, ref: number): void => {
  writer.byte(key === undefined ? 0 : 1);
  if (key === undefined) return;
  writer.signed(ref - key.at);
  writer.hex(key.id);
};

const readKey = (reader: ByteReader, ref: number): EntryKey | undefined =>
  reader.byte() === 0 ? undefined : { at: ref - reader.signed(), id: reader.hex(8) };
