import type { Ask, Lead } from '../../domain/lead.ts';
import { epochOf, instantOf } from '../../domain/time.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readName, writeName } from './names.ts';
import type { OwnWords } from './words.ts';

/** What nearly every lead that goes to sales has of a story: as JSON it would be a third of the largest items. */
export const milestones = ['ask', 'mqlCause', 'handoff', 'hot', 'cutOff', 'restUntil'] as const;
type Milestones = Pick<Lead, (typeof milestones)[number]>;

/** Bits of the first byte. */
const hasAsk = 1;
const hasCause = 2;
const hasHandoff = 4;
const isOpen = 8;
const hasCutOff = 16;
const hasRest = 32;
/** The cause is what it asked. */
const askedForIt = 64;
const hasHot = 128;

/** Times are told as what passed until `ref`. */
export const writeMilestones = (writer: ByteWriter, words: OwnWords, lead: Milestones, ref: number): void => {
  const { ask, mqlCause, handoff, hot, cutOff, restUntil } = lead;
  const isSame = ask !== undefined && mqlCause?.id === ask.engagementId;
  writer.byte(
    (ask === undefined ? 0 : hasAsk) |
      (mqlCause === undefined ? 0 : hasCause) |
      (handoff === undefined ? 0 : hasHandoff) |
      (handoff?.open ? isOpen : 0) |
      (cutOff === undefined ? 0 : hasCutOff) |
      (restUntil === undefined ? 0 : hasRest) |
      (isSame ? askedForIt : 0) |
      (hot === undefined ? 0 : hasHot),
  );
  if (ask !== undefined) writeAsk(writer, words, ask, ref);
  if (mqlCause !== undefined) {
    writer.whole(words.placeOf(mqlCause.type));
    if (!isSame) writeName(writer, mqlCause.id);
    writer.signed(ref - epochOf(mqlCause.at));
  }
  if (handoff !== undefined) writeName(writer, handoff.id);
  if (hot !== undefined) writer.signed(ref - epochOf(hot));
  if (cutOff !== undefined) writer.signed(ref - epochOf(cutOff));
  if (restUntil !== undefined) writer.signed(ref - epochOf(restUntil));
};

const writeAsk = (
  writer: ByteWriter,
  words: OwnWords,
  { id, engagementId, kind, occurredAt, receivedAt }: Ask,
  ref: number,
): void => {
  const at = epochOf(occurredAt);
  writeName(writer, id);
  writeName(writer, engagementId);
  writer.whole(words.placeOf(kind));
  writer.signed(ref - at);
  writer.signed(epochOf(receivedAt) - at);
};

export const readMilestones = (
  reader: ByteReader,
  word: (place: number) => string,
  ref: number,
): Milestones => {
  const bits = reader.byte();
  const read: { -readonly [K in keyof Milestones]: Milestones[K] } = {};
  if (bits & hasAsk) read.ask = readAsk(reader, word, ref);
  if (bits & hasCause) {
    const type = word(reader.whole());
    const asked = bits & askedForIt ? read.ask?.engagementId : undefined;
    read.mqlCause = { type, id: asked ?? readName(reader), at: instantOf(ref - reader.signed()) };
  }
  if (bits & hasHandoff) read.handoff = { id: readName(reader), open: (bits & isOpen) !== 0 };
  if (bits & hasHot) read.hot = instantOf(ref - reader.signed());
  if (bits & hasCutOff) read.cutOff = instantOf(ref - reader.signed());
  if (bits & hasRest) read.restUntil = instantOf(ref - reader.signed());
  return read;
};

const readAsk = (reader: ByteReader, word: (place: number) => string, ref: number): Ask => {
  const id = readName(reader);
  const engagementId = readName(reader);
  const kind = word(reader.whole());
  const at = ref - reader.signed();
  return { id, engagementId, kind, occurredAt: instantOf(at), receivedAt: instantOf(at + reader.signed()) };
};
