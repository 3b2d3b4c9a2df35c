import type { Ask, Lead } from '../../domain/lead.ts';
import { epochOf, instantOf } from '../../domain/time.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readName, writeName } from './names.ts';
import { readWord, writeWord } from './words.ts';

/** What nearly every lead that goes to sales has of a story: as JSON it would be a third of the largest items. */
export const milestones = ['ask', 'mqlCause', 'handoff', 'hot', 'cutOff', 'restUntil'] as const;
export type Milestones = Pick<Lead, (typeof milestones)[number]>;

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

/** Times are told as what passed until `base`. */
export const writeMilestones = (writer: ByteWriter, lead: Milestones, base: number): void => {
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
  if (ask !== undefined) writeAsk(writer, ask, base);
  if (mqlCause !== undefined) {
    writeWord(writer, mqlCause.type);
    if (!isSame) writeName(writer, mqlCause.id);
    writer.signed(base - epochOf(mqlCause.at));
  }
  if (handoff !== undefined) writeName(writer, handoff.id);
  if (hot !== undefined) writer.signed(base - epochOf(hot));
  if (cutOff !== undefined) writer.signed(base - epochOf(cutOff));
  if (restUntil !== undefined) writer.signed(base - epochOf(restUntil));
};

const writeAsk = (
  writer: ByteWriter,
  { id, engagementId, kind, occurredAt, receivedAt }: Ask,
  base: number,
): void => {
  const at = epochOf(occurredAt);
  writeName(writer, id);
  writeName(writer, engagementId);
  writeWord(writer, kind);
  writer.signed(base - at);
  writer.signed(epochOf(receivedAt) - at);
};

/** Puts them into the lead. */
export const readMilestones = (
  reader: ByteReader,
  into: { -readonly [K in keyof Milestones]: Milestones[K] },
  base: number,
): void => {
  const bits = reader.byte();
  if (bits & hasAsk) into.ask = readAsk(reader, base);
  if (bits & hasCause) {
    const type = readWord(reader);
    const asked = bits & askedForIt ? into.ask?.engagementId : undefined;
    into.mqlCause = { type, id: asked ?? readName(reader), at: instantOf(base - reader.signed()) };
  }
  if (bits & hasHandoff) into.handoff = { id: readName(reader), open: (bits & isOpen) !== 0 };
  if (bits & hasHot) into.hot = instantOf(base - reader.signed());
  if (bits & hasCutOff) into.cutOff = instantOf(base - reader.signed());
  if (bits & hasRest) into.restUntil = instantOf(base - reader.signed());
};

const readAsk = (reader: ByteReader, base: number): Ask => {
  const id = readName(reader);
  const engagementId = readName(reader);
  const kind = readWord(reader);
  const at = base - reader.signed();
  return { id, engagementId, kind, occurredAt: instantOf(at), receivedAt: instantOf(at + reader.signed()) };
};
